/**
 * `remedy`: for the admin who reads the code in a log. `retryable`: the same may go well in a moment, with nothing
 * changed.
 */
export type ErrorEntry = { readonly remedy: string; readonly retryable: boolean };

const passing = (remedy: string): ErrorEntry => ({ remedy, retryable: true });
const lasting = (remedy: string): ErrorEntry => ({ remedy, retryable: false });

/** Every error of the service by its code, as it stands in the log and in docs/errors.md. */
export const ERRORS = {
  AUDIO_UNREADABLE: lasting("Use WAV, FLAC, or Opus in Ogg, with one channel or two."),
  BACKUP_UNUSABLE: lasting("Its sentence names the folder; take another backup, or another folder."),
  BAD_FILES: lasting("Each line names a file, a key and what to write there; `mindminder check` looks at all of them."),
  BAD_PHRASE: lasting(
    "Its sentence names the phrase of the lexicon and the place; docs/transcripts.md says how phrases are written.",
  ),
  PAYOUT_NOT_SENT: lasting("Name the place and the secret that the target takes; docs/ledger.md shows how."),
  BAD_PLUGIN_OPTIONS: lasting("Each line names the key below minutes.plugins; docs/plugins.md has the options."),
  CALL_UNAVAILABLE: passing(
    "Is LiveKit up, and does livekit.internalUrl lead to it? `/ready` says whether it refuses the key.",
  ),
  DATASET_AWAY: passing("Is the server of the set's target up? What was sent is kept: build the set again."),
  DATASET_FULL: passing(
    "Make room where the set lies; what is there is whole, and the rest comes with the next build.",
  ),
  DATASET_MISSET: lasting("Its sentence names the target or the folder; docs/datasets.md has an example of each kind."),
  DATASET_NOT_OURS: lasting("Name an empty folder, or a set that this service made: files of others are not touched."),
  DATASET_REFUSED: lasting("Its sentence names the place; may this service write there?"),
  DATABASE_UNUSABLE: lasting("Its sentence names the file; docs/backup.md says how to put a backup in its place."),
  EMBEDDINGS_UNAVAILABLE: passing("Is the server at minutes.embeddings.baseUrl up? The graph goes without until then."),
  ENGINE_FAILED: passing(
    "The speech waits on the disk. `mindminder doctor` loads the engine and says what is wrong with it.",
  ),
  ENGINE_REFUSED: lasting(
    "Are the key and the model in the section of speech.engine right? `mindminder doctor` asks the server.",
  ),
  ENGINE_TOO_SLOW: passing("A smaller model, or more cores: docs/scale.md has figures."),
  ENGINE_UNREACHABLE: passing("Is the server in the section of speech.engine up? The speech waits on the disk."),
  FLEET_AWAY: passing(
    "Is the fleet's Redis up, and does a `mindminder worker` run? `mindminder fleet status` says who is there; the speech waits on the disk.",
  ),
  FLEET_MISMATCH: lasting("Its sentence says what differs: the key, the release, or Redis itself."),
  FLEET_SEAL_BROKEN: lasting("Give services and workers the same speech.fleet.keyFile."),
  HOMESERVER_AWAY: passing(
    "Is the homeserver up, and does homeserver.url lead to it? Messages wait, and are sent in their order.",
  ),
  JOURNAL_OUT_OF_STEP: lasting(
    "Restart the service, which reads the meeting anew, and report it: another program wrote into the database, or this one has a fault.",
  ),
  JOURNAL_UNREADABLE: lasting(
    "Put a backup in its place (docs/backup.md), or run the version that wrote it. Other meetings are not touched.",
  ),
  KEYS_BUSY: passing("The bot's device for encrypted rooms starts, or starts again; the log says why it ended."),
  KEYS_UNREADABLE: lasting(
    "Put back the key file (encryption.keyFile) that belongs to this database; without it: `mindminder crypto reset`.",
  ),
  LIVEKIT_REFUSED: passing("livekit.apiKey and its secret must be a pair of LiveKit's; the clocks must not differ."),
  MODEL_NONSENSE: passing(
    "The model does not keep to the form asked for: a larger one does. The minutes are made by rule meanwhile.",
  ),
  MODEL_REFUSED: lasting(
    "Are minutes.llm.apiKeyFile and minutes.llm.model right? `mindminder doctor` asks the server.",
  ),
  MODEL_RESTING: passing("It failed a moment ago; it is asked again by itself."),
  MODEL_TIMEOUT: passing("A smaller model, or a longer minutes.llm.timeoutSeconds."),
  MODEL_TOKENS_SPENT: lasting(
    "Raise minutes.llm.tokensPerMeeting, if that much may be spent; the rest of the minutes is made by rule.",
  ),
  MODEL_TOO_LONG: lasting("Set minutes.llm.contextTokens to what the model takes, or use one that takes more."),
  MODEL_UNGROUNDED: passing("Nothing of the answer rests on what was said; the minutes are made by rule."),
  MODEL_UNREACHABLE: passing("Is the server at minutes.llm.baseUrl up? The minutes are made by rule meanwhile."),
  PACK_UNUSABLE: lasting(
    "The room stays where it was; its sentence says why. Run the same version on all shards, and move it again.",
  ),
  RECOVERY_UNUSABLE: lasting("Its sentence says what is missing; docs/admin.md has the two commands of a recovery."),
  REPLICA_UNUSABLE: lasting("Its sentence names the place; docs/scale.md says how a standby is set up."),
  ROOM_NOT_MOVED: lasting("Its sentence says why; the room is where it was."),
  SCRIBE_CANNOT_START: lasting("Its sentence names the key and the remedy; `npm run speech-model` fetches the model."),
  SHARD_HELD_ELSEWHERE: lasting("Run `mindminder standby` there: it takes over when the other is away."),
  TASKS_BUSY: passing("The task manager asked to come later; tasks are sent by themselves."),
  TASKS_CHANGED: passing("Somebody changed it there at that moment; it is read again."),
  TASKS_FAILING: passing("The task manager has a fault of its own; tasks wait, and are sent when it is back."),
  TASKS_GONE: lasting("It was deleted there; it is not made again."),
  TASKS_MISSET: lasting(
    "Look at the target's options (docs/tasks.md); `mindminder doctor` asks it without writing there.",
  ),
  TASKS_REFUSED: lasting("Is the key in the target's tokenFile right, and may its owner write there?"),
  TASKS_REJECTED: lasting("The task manager does not take this task; its answer is in the log."),
  TASKS_SLOW: passing("The task manager did not answer in time; tasks wait, and are sent when it does."),
  TASKS_UNREACHABLE: passing("Does the address lead to the task manager? Tasks wait, and are sent when it is there."),
  TASKS_UNREADABLE: passing("What answers is another program, or a proxy: see whether the address is right."),
  TOO_MUCH_WORK: passing("A single meeting, or a simpler format, takes less; what waits is worked off."),
  WEBHOOK_REFUSED: lasting("LiveKit's webhook.api_key must be the key in livekit.apiKey; nobody else may send there."),
} as const satisfies Readonly<Record<string, ErrorEntry>>;

export type ErrorCode = keyof typeof ERRORS;
