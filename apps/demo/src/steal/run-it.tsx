import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { startCamera, type Camera, type CameraProblem } from '../compute/camera.ts';
import type { Matrix } from '../page/matrix-text.ts';
import { draw } from './bitmap.tsx';
import type { Sides } from './problem.ts';
import { ChooseFiles } from './choose-files.tsx';
import { filterFrame, filterStill, openFile } from './session.ts';
import type { Filtered, Still } from './steal.worker.ts';
import type { StealWords } from './words.ts';

type Filter = { readonly kernel: Matrix; readonly bias: number };

/** The filter on the camera, or on a still picture. */
export function RunIt({ kernel, bias, words }: Filter & { readonly words: StealWords }): VNode {
  const given = useRef<HTMLCanvasElement>(null);
  const filtered = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>(undefined);
  /** Changes whenever the camera is asked for, or is not wanted any more. */
  const wish = useRef({});
  const filter = useRef<Filter>({ kernel, bias });
  filter.current = { kernel, bias };
  const still = useSignal<Still>({ kind: 'photograph' });
  const isRunning = useSignal(false);
  const trouble = useSignal<CameraProblem | undefined>(undefined);
  const size = useSignal<Sides | undefined>(undefined);
  const time = useSignal(0);

  const show = (result: Filtered): void => {
    if (given.current !== null) draw(given.current, result.given);
    if (filtered.current !== null) draw(filtered.current, result.filtered);
    size.value = [result.given.width, result.given.height];
    time.value = Math.round(result.milliseconds);
    result.given.close();
    result.filtered.close();
  };
  const stop = (): void => {
    wish.current = {};
    camera.current?.stop();
    camera.current = undefined;
    isRunning.value = false;
  };
  const start = async (): Promise<void> => {
    stop();
    const mine = wish.current;
    trouble.value = undefined;
    const started = await startCamera(
      async (frame) => show(await filterFrame(frame, filter.current.kernel, filter.current.bias)),
      stop,
      () => wish.current === mine,
    );
    if (typeof started === 'string') trouble.value = started;
    else if (started !== undefined) {
      camera.current = started;
      isRunning.value = true;
    }
  };
  const take = async (file: File): Promise<void> => {
    const opened = await openFile(file);
    if (opened === undefined) return;
    stop();
    still.value = { kind: 'own', id: opened.id };
  };
  useEffect(() => stop, []);

  const picture = still.value;
  const runs = isRunning.value;
  useEffect(() => {
    if (runs) return undefined;
    let isWanted = true;
    void filterStill(picture, kernel, bias).then((result) => isWanted && result !== undefined && show(result));
    return () => {
      isWanted = false;
    };
  }, [picture, kernel, bias, runs]);

  return (
    <section aria-labelledby="steal-run">
      <h2 id="steal-run">{words.run}</h2>
      <p class="steal-quiet">{words.runSummary}</p>
      <div class="steal-controls">
        <button type="button" aria-pressed={runs} onClick={() => (runs ? stop() : void start())}>
          {runs ? words.stopCamera : words.startCamera}
        </button>
        <ChooseFiles label={words.chooseStill} onFiles={([file]) => file !== undefined && void take(file)} />
        {picture.kind === 'own' && (
          <button type="button" onClick={() => (still.value = { kind: 'photograph' })}>
            {words.stillPhotograph}
          </button>
        )}
      </div>
      <div aria-live="polite" class="steal-messages">
        {trouble.value !== undefined && <p class="steal-problem">{words.cameraProblems[trouble.value]}</p>}
      </div>
      <div class="steal-pair">
        <figure>
          <canvas ref={given} role="img" aria-label={words.given} width={320} height={151} />
          <figcaption>{words.given}</figcaption>
        </figure>
        <figure>
          <canvas ref={filtered} role="img" aria-label={words.filtered} width={320} height={151} />
          <figcaption>
            {words.filtered} <span class="steal-quiet">{size.value === undefined ? '' : words.ranAt(size.value, time.value)}</span>
          </figcaption>
        </figure>
      </div>
    </section>
  );
}
