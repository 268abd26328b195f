// Put into a page before its own scripts: a microphone that is silent until it is told what to say. The page's
// getUserMedia gives it out for audio; everything behind it (encoding, the call, the gate) is real.
(() => {
  let context;
  let output;
  const microphone = () => {
    context ??= new AudioContext({ sampleRate: 48_000 });
    if (!output) {
      output = context.createMediaStreamDestination();
      // A constant, inaudible signal: a device that is on delivers samples all the time.
      const breath = context.createConstantSource();
      const volume = context.createGain();
      volume.gain.value = 0.00001;
      breath.connect(volume).connect(output);
      breath.start();
    }
    return { context, output };
  };

  const devices = navigator.mediaDevices;
  const original = devices?.getUserMedia.bind(devices);
  if (original) {
    devices.getUserMedia = async ({ audio, video } = {}) => {
      const tracks = video ? (await original({ video })).getTracks() : [];
      if (audio) tracks.push(...microphone().output.stream.clone().getAudioTracks());
      return new MediaStream(tracks);
    };
  }

  // Says an encoded clip (base64), and resolves when it is over.
  globalThis.sayClip = async (clip) => {
    const { context, output } = microphone();
    await context.resume();
    const bytes = Uint8Array.from(atob(clip), (letter) => letter.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(output);
    const over = new Promise((resolve) => {
      source.onended = resolve;
    });
    source.start();
    await over;
  };
})();
