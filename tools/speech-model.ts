import { ensureMoonshine } from "./setup/moonshine.ts";
import { progressOn } from "./setup/progress.ts";
import { setUp } from "./setup/setup.ts";

const { speech } = await setUp({ speech: true });
const moonshine = await ensureMoonshine(progressOn());
console.log(`
The speech model is there. In the configuration:
speech:
  sherpa:
    modelFolder: ${speech.whisper}
  voiceActivityModel: ${speech.vad}
  # For captions of English at a fifth of the cost:
  #captions: moonshine
  moonshine:
    modelFolder: ${moonshine}`);
