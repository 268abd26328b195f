import { setUp } from "./setup/setup.ts";

const { speech } = await setUp({ speech: true });
console.log(`
The speech model is there. In the configuration:
speech:
  sherpa:
    modelFolder: ${speech.whisper}
  voiceActivityModel: ${speech.vad}`);
