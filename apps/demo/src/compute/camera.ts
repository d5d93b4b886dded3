/** Why there is no camera, as data: the page finds the words. */
export type CameraProblem = 'refused' | 'absent' | 'busy' | 'insecure' | 'failed';

export type Camera = { readonly stop: () => void };

/** What is done with a picture of the camera, which is the receiver's to close. The next one waits until it is done. */
export type TakeFrame = (frame: ImageBitmap) => Promise<void>;

const problems: Readonly<Record<string, CameraProblem>> = { NotAllowedError: 'refused', SecurityError: 'refused', NotFoundError: 'absent', OverconstrainedError: 'absent', NotReadableError: 'busy', AbortError: 'busy' };

/**
 * Shows the camera to `take`, picture after picture, until it is stopped. At most one picture is on its way. The browser may ask
 * the reader first, and that takes its time: a camera that is not wanted any more by then is given back, and none is returned.
 */
export async function startCamera(take: TakeFrame, ended: () => void, isWanted: () => boolean): Promise<Camera | CameraProblem | undefined> {
  const devices: unknown = Reflect.get(navigator, 'mediaDevices');
  if (!(devices instanceof MediaDevices)) return 'insecure';
  try {
    const stream = await devices.getUserMedia({ video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'environment' }, audio: false });
    if (isWanted()) {
      const camera = await play(stream, take, ended);
      if (isWanted()) return camera;
      camera.stop();
    }
    for (const track of stream.getTracks()) track.stop();
    return undefined;
  } catch (error) {
    if (!isWanted()) return undefined;
    return (error instanceof DOMException ? problems[error.name] : undefined) ?? 'failed';
  }
}

async function play(stream: MediaStream, take: TakeFrame, ended: () => void): Promise<Camera> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  let isRunning = true;
  const stop = (): void => {
    isRunning = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  const next = (): void => {
    if (!isRunning) return;
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => void look());
    else requestAnimationFrame(() => void look());
  };
  const look = async (): Promise<void> => {
    if (!isRunning) return;
    try {
      await take(await createImageBitmap(video));
      next();
    } catch (problem) {
      stop();
      ended();
      reportError(problem);
    }
  };
  for (const track of stream.getTracks()) {
    track.addEventListener('ended', () => {
      stop();
      ended();
    });
  }
  try {
    await video.play();
  } catch (error) {
    stop();
    throw error;
  }
  next();
  return { stop };
}
