import { DisconnectReason, Encryption_Type, Room, RoomEvent, setLogLevel, Track, VideoPresets } from "livekit-client";
import { CAPTION_TOPIC } from "@mindminder/protocol/captions.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { speakerCanBeChosen, type LocalCallState, type Devices, type PersonVoice } from "./call-state.ts";
import { arrivedIn, LinkWatch } from "./link-watch.ts";
import type { CallEncryption } from "./call-encryption.ts";
import type { HeldMicrophone } from "../service/held-microphone.ts";
import { Microphone } from "./microphone.ts";
import { PlayedSounds } from "./played-sounds.ts";
import { personOf, sameOr, VOICE_EVENTS, voiceOf } from "./voices-in-call.ts";

// Its notes name the room, the people and the address of the call.
setLogLevel("warn");

/** `moved`: the call goes on under another name, since somebody was put out of it. */
export type Ending = "left" | "removed" | "other-tab" | "moved" | "broken";

export type LiveCallOptions = {
  readonly access: { readonly url: string; readonly token: string };
  /** Null: the call is open. The connection closes it when it ends. */
  readonly encryption: CallEncryption | null;
  readonly devices: Devices;
  readonly held: HeldMicrophone | null;
  readonly onChange: (change: Partial<LocalCallState>) => void;
  readonly onMetadata: (metadata: string) => void;
  /** A text stream of captions, read to its end. */
  readonly onCaption: (speaker: ParticipantId, attributes: unknown, text: string) => void;
  readonly onFailure: (what: "microphone" | "camera" | "screen" | "speaker") => void;
  /** The link was broken and is whole again; what the server said meanwhile may come much later. */
  readonly onLinkBack: () => void;
  readonly onEnd: (ending: Ending) => void;
};

/**
 * One connection to the LiveKit room. This file, the voices' and the microphone's are all that is loaded of LiveKit, on
 * joining.
 */
export class LiveCall {
  readonly #room: Room;
  readonly #options: LiveCallOptions;
  readonly #microphone: Microphone | null;
  readonly #sounds: PlayedSounds;
  readonly #link: LinkWatch;
  #wantsCamera = false;
  #voices: ReadonlyMap<ParticipantId, PersonVoice> = new Map();

  static async connect(options: LiveCallOptions): Promise<LiveCall> {
    const call = new LiveCall(options);
    try {
      await call.#connect();
    } catch (failure) {
      await call.leave();
      throw failure;
    }
    return call;
  }

  private constructor(options: LiveCallOptions) {
    this.#options = options;
    const { encryption } = options;
    this.#room = new Room({
      adaptiveStream: true,
      dynacast: true,
      // Mixed, nothing is heard from a page that a phone has put away.
      webAudioMix: false,
      videoCaptureDefaults: { resolution: VideoPresets.h360.resolution },
      ...(encryption && { encryption: { keyProvider: encryption.ring, worker: encryption.worker } }),
    });
    this.#sounds = new PlayedSounds({ encrypted: encryption !== null, onChange: () => this.#report() });
    if (encryption) encryption.onNewKey = () => this.#sounds.tryAgain();
    const { microphone } = options.devices;
    this.#microphone = microphone && new Microphone(this.#room, microphone, options.held);
    this.#link = new LinkWatch({
      arrived: () => arrivedIn(this.#room),
      onQuiet: (quiet) => options.onChange({ quiet }),
      onBack: options.onLinkBack,
    });
  }

  async leave(): Promise<void> {
    this.#room.removeAllListeners();
    this.#link.stop();
    await this.#room.disconnect();
    this.#end();
  }

  #end(): void {
    this.#sounds.end();
    this.#options.encryption?.close();
  }

  async setMicrophone(open: boolean): Promise<void> {
    await (open ? this.#microphone?.open() : this.#microphone?.mute());
  }

  async setCamera(on: boolean): Promise<void> {
    this.#wantsCamera = on;
    this.#options.onChange({ camera: on ? "starting" : "off" });
    try {
      const deviceId = this.#options.devices.camera?.deviceId;
      await this.#room.localParticipant.setCameraEnabled(on, deviceId ? { deviceId } : undefined);
    } catch {
      this.#wantsCamera = false;
      this.#options.onFailure("camera");
    }
    this.#report();
  }

  /** The speaker's alone: the server closes it when the word goes on, and this client takes it back. */
  async setScreen(on: boolean): Promise<void> {
    this.#options.onChange({ screen: on ? "starting" : "off" });
    try {
      await this.#room.localParticipant.setScreenShareEnabled(on, { audio: false, selfBrowserSurface: "include" });
    } catch (failure) {
      // A person who closes the browser's own question has changed their mind, and needs no notice.
      if (!(failure instanceof DOMException && failure.name === "NotAllowedError")) this.#options.onFailure("screen");
    }
    this.#report();
  }

  async choose({ microphone, camera, speaker }: Devices): Promise<void> {
    const room = this.#room;
    if (microphone) await this.#microphone?.change(microphone).catch(() => this.#options.onFailure("microphone"));
    if (camera?.deviceId && this.#wantsCamera)
      await room.switchActiveDevice("videoinput", camera.deviceId).catch(() => this.#options.onFailure("camera"));
    if (speaker !== undefined) await this.#speakThrough(speaker);
  }

  async #speakThrough(speaker: string | null): Promise<void> {
    if (speakerCanBeChosen())
      await this.#room
        .switchActiveDevice("audiooutput", speaker ?? "default")
        .catch(() => this.#options.onFailure("speaker"));
  }

  async unblockSound(): Promise<void> {
    await this.#room.startAudio();
  }

  async #connect(): Promise<void> {
    this.#sounds.begin();
    this.#listen();
    const { url, token } = this.#options.access;
    // Before the connection, which may bring the right to publish along at once: nothing is to be published open.
    if (this.#options.encryption) await this.#room.setE2EEEnabled(true);
    await this.#room.connect(url, token);
    this.#options.onMetadata(this.#room.metadata ?? "");
    // The click on "Join" is what lets the browser play sound; a refusal is shown as a button.
    await this.#room.startAudio().catch(() => undefined);
    await this.#publishMicrophone();
    const { camera, speaker } = this.#options.devices;
    if (speaker) await this.#speakThrough(speaker);
    if (camera) void this.setCamera(true);
    this.#report();
  }

  #listen(): void {
    const room = this.#room;
    const { onChange, onMetadata, onCaption, onEnd } = this.#options;
    room.registerTextStreamHandler(CAPTION_TOPIC, (reader, { identity }) => {
      // Words that come open into an encrypted call may be anybody's.
      if (this.#options.encryption && reader.info.encryptionType !== Encryption_Type.GCM) return;
      // One that breaks off is followed by the next.
      reader.readAll().then(
        (text) => onCaption(personOf({ identity }), reader.info.attributes, text),
        () => undefined,
      );
    });
    room
      .on(RoomEvent.RoomMetadataChanged, onMetadata)
      .on(RoomEvent.Reconnecting, () => onChange({ status: "reconnecting" }))
      .on(RoomEvent.SignalReconnecting, () => onChange({ status: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => {
        onChange({ status: "in" });
        onMetadata(room.metadata ?? "");
        this.#report();
      })
      .on(RoomEvent.Disconnected, (reason) => {
        this.#end();
        this.#link.stop();
        onEnd(endingOf(reason));
      })
      .on(RoomEvent.AudioPlaybackStatusChanged, () => onChange({ soundBlocked: !room.canPlaybackAudio }))
      .on(RoomEvent.TrackPublished, (publication, participant) => {
        this.#sounds.accepts(publication, personOf(participant));
      })
      .on(RoomEvent.TrackUnpublished, (publication, participant) => {
        this.#sounds.unpublished(publication, personOf(participant));
      })
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
        if (!this.#sounds.accepts(publication, personOf(participant))) return;
        if (track.kind === Track.Kind.Audio) this.#sounds.play(track, personOf(participant));
        this.#report();
      })
      .on(RoomEvent.TrackUnsubscribed, (track, _, participant) => {
        if (track.kind === Track.Kind.Audio) this.#sounds.stop(track, personOf(participant));
        this.#report();
      })
      .on(RoomEvent.ParticipantDisconnected, (participant) => this.#sounds.left(personOf(participant)))
      .on(RoomEvent.EncryptionError, (error, participant) => {
        if (!participant || participant === room.localParticipant || !WRONG_KEY.test(error.message)) return;
        this.#sounds.cannotRead(personOf(participant));
        this.#options.encryption?.keys.missing();
      })
      .on(RoomEvent.TrackMuted, (publication, participant) => {
        if (participant === room.localParticipant && publication.source === Track.Source.ScreenShare)
          void this.setScreen(false);
      })
      .on(RoomEvent.ParticipantPermissionsChanged, (_before, participant) => {
        if (participant === room.localParticipant && participant.permissions?.canPublish) void this.#publishAgain();
      });
    for (const event of VOICE_EVENTS) room.on(event, () => this.#report());
  }

  async #publishAgain(): Promise<void> {
    await this.#publishMicrophone();
    if (this.#wantsCamera && !this.#room.localParticipant.isCameraEnabled) await this.setCamera(true);
  }

  async #publishMicrophone(): Promise<void> {
    try {
      await this.#microphone?.publish();
    } catch {
      this.#options.onFailure("microphone");
    }
    this.#report();
  }

  #report(): void {
    const { localParticipant, remoteParticipants } = this.#room;
    const voices = new Map<ParticipantId, PersonVoice>();
    for (const participant of [localParticipant, ...remoteParticipants.values()]) {
      const who = personOf(participant);
      const unplayed = this.#sounds.why(who);
      const voice = { ...voiceOf(participant), ...(unplayed && { unplayed }) };
      voices.set(who, sameOr(this.#voices.get(who), voice));
    }
    this.#voices = voices;
    this.#options.onChange({
      voices,
      microphone: this.#microphone?.state ?? "none",
      camera: localParticipant.isCameraEnabled ? "on" : "off",
      screen: localParticipant.isScreenShareEnabled ? "on" : "off",
    });
  }
}

/**
 * Begins what the library's worker says of a key that is wrong or not there: on its way here the error loses all but
 * its words.
 */
const WRONG_KEY = /^(InvalidKey|MissingKey):/;

function endingOf(reason: DisconnectReason | undefined): Ending {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return "left";
    case DisconnectReason.PARTICIPANT_REMOVED:
      return "removed";
    case DisconnectReason.DUPLICATE_IDENTITY:
      return "other-tab";
    case DisconnectReason.ROOM_DELETED:
      return "moved";
    default:
      return "broken";
  }
}
