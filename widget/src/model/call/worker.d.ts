declare module "livekit-client/e2ee-worker?worker" {
  const EncryptionWorker: new () => Worker;
  export default EncryptionWorker;
}
