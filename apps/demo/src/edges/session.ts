import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { book } from '@xcorr/golden';
import { proxy, transfer, wrap, type Remote } from 'comlink';
import landscape from '@xcorr/cli/assets/alpine-landscape.jpg';
import { startCamera, type Camera, type CameraProblem } from '../compute/camera.ts';
import { mayMakeCode } from '@xcorr/backend-js';
import { hasWebgl, type Graphics } from '../compute/open-gpu.ts';
import type { PlaceName } from '../compute/place-names.ts';
import type { EdgesWorker, Source } from './edges.worker.ts';
import type { Facts, FoundNumbers, Opened, Problem } from './outcome.ts';
import { requestOf } from './request.ts';
import type { EdgesState, PictureName } from './state.ts';
import { createSurfaces, offscreen, type Surfaces } from './surfaces.ts';
import { transposed } from './taps.ts';

type Rows = readonly (readonly number[])[];

/** A picture and what was found in it: the surfaces of the session show both. */
export type ShownPicture = { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly state: EdgesState; readonly facts: Facts };

export type ShownNumbers = { readonly kind: 'numbers'; readonly input: Rows; readonly values: Readonly<Record<string, Rows>>; readonly state: EdgesState; readonly facts: Facts };

/** What is going on. */
export type Activity = { readonly kind: 'idle' } | { readonly kind: 'cancelled' } | { readonly kind: 'reading' } | { readonly kind: 'working'; readonly done: number; readonly of: number };

export type Session = {
  readonly surfaces: Surfaces;
  /** The last good result. It stays until there is another one. */
  readonly shown: ReadonlySignal<ShownPicture | ShownNumbers | undefined>;
  readonly problem: ReadonlySignal<Problem | undefined>;
  readonly cameraProblem: ReadonlySignal<CameraProblem | undefined>;
  readonly activity: ReadonlySignal<Activity>;
  readonly graphics: ReadonlySignal<Graphics | undefined>;
  /** The name of the reader's own picture. */
  readonly ownName: ReadonlySignal<string | undefined>;
  /** Pictures a second of the camera; undefined while it is off. */
  readonly framesPerSecond: ReadonlySignal<number | undefined>;
  readonly update: (state: EdgesState) => Promise<void>;
  readonly openFile: (file: Blob, name: string, state: Signal<EdgesState>) => Promise<void>;
  readonly startCamera: (state: Signal<EdgesState>) => Promise<void>;
  readonly stopCamera: () => void;
  readonly cancel: () => Promise<void>;
};

const matrices: Readonly<Partial<Record<PictureName, Rows>>> = { book: book.edge.x, 'book-transposed': transposed(book.edge.x) };

let session: Session | undefined;

/** The one session of the page: who comes back to the tab finds the picture, the programs and the result. */
export function edgesSession(): Session {
  session ??= createSession(new Worker(new URL('./edges.worker.ts', import.meta.url), { type: 'module' }));
  return session;
}

function createSession(thread: Worker): Session {
  const worker: Remote<EdgesWorker> = wrap<EdgesWorker>(thread);
  const shown = signal<ShownPicture | ShownNumbers | undefined>(undefined);
  const problem = signal<Problem | undefined>(undefined);
  const cameraProblem = signal<CameraProblem | undefined>(undefined);
  const activity = signal<Activity>({ kind: 'idle' });
  const graphics = signal<Graphics | undefined>(undefined);
  const ownName = signal<string | undefined>(undefined);
  const framesPerSecond = signal<number | undefined>(undefined);

  let own: { readonly file: Blob; readonly name: string } | undefined;
  /** What the worker has open. */
  let opened: { readonly picture: PictureName; readonly width: number; readonly height: number } | undefined;
  let camera: Camera | undefined;
  /** Changes whenever the camera is asked for, or is not wanted any more. */
  let wish = {};
  /** Answers to what is not asked any more are dropped. */
  let latest = 0;
  let asked: Promise<void> = Promise.resolve();

  let looked: Promise<void> | undefined;
  /** Opening a context of graphics takes its time: it is done after the first result, or where a GPU is asked for. */
  const look = (): Promise<void> => {
    looked ??= (async () => {
      graphics.value = await worker.graphics({ webgl: hasWebgl() });
    })();
    return looked;
  };

  const report = (ticket: number) =>
    proxy((done: number, of: number): void => {
      if (ticket === latest && activity.value.kind === 'working') activity.value = { kind: 'working', done, of };
    });

  // A worker whose script does not come never answers.
  thread.addEventListener('error', (event) => {
    activity.value = { kind: 'idle' };
    problem.value = { kind: 'failed', reason: event.message === undefined || event.message === '' ? 'edges.worker' : event.message };
  });

  const surfaces = createSurfaces();
  void worker.showOn(offscreen(surfaces));

  const show = (next: ShownPicture | ShownNumbers): void => {
    shown.value = next;
    problem.value = undefined;
  };

  const open = async (source: Source, picture: PictureName, state: EdgesState, ticket: number): Promise<Opened> => {
    activity.value = { kind: 'reading' };
    const answer = await worker.open(source, state.place, report(ticket));
    if (answer.kind === 'opened') opened = { picture, width: answer.width, height: answer.height };
    return answer;
  };

  const sourceOf = (picture: PictureName): Source | undefined => {
    if (picture === 'landscape') return { kind: 'address', url: new URL(landscape, document.baseURI).href, name: 'alpine-landscape.jpg' };
    if (picture === 'rings' || picture === 'shapes') return { kind: 'sample', name: picture };
    return picture === 'own' && own !== undefined ? { kind: 'file', ...own } : undefined;
  };

  const fail = (what: Problem): void => {
    problem.value = what;
  };

  const findNumbers = async (matrix: Rows, state: EdgesState, ticket: number): Promise<void> => {
    activity.value = { kind: 'working', done: 0, of: 1 };
    const found: FoundNumbers = await worker.numbers(matrix, requestOf(state));
    if (ticket !== latest) return;
    if (found.kind === 'found') show({ kind: 'numbers', input: matrix, values: found.values, state, facts: found.facts });
    else if (found.kind === 'failed') fail(found.problem);
  };

  const findInPicture = async (state: EdgesState, ticket: number): Promise<void> => {
    if (opened?.picture !== state.picture) {
      const source = sourceOf(state.picture);
      if (source === undefined) return;
      const answer = await open(source, state.picture, state, ticket);
      if (ticket !== latest) return;
      if (answer.kind === 'failed') fail(answer.problem);
      if (answer.kind !== 'opened') return;
    }
    const picture = opened;
    if (picture === undefined) return;
    activity.value = { kind: 'working', done: 0, of: picture.height };
    const found = await worker.find(requestOf(state), report(ticket));
    // What was found stands on the surfaces, even where it was given up a moment later: what is said of it has to follow.
    if (found.kind === 'found') show({ kind: 'picture', width: picture.width, height: picture.height, state, facts: found.facts });
    else if (found.kind === 'failed' && ticket === latest) fail(found.problem);
  };

  /** One question at a time changes what is open; who asks again does not wait for what is not wanted any more. */
  const inTurn = async (place: PlaceName, work: (ticket: number) => Promise<void>): Promise<void> => {
    const ticket = ++latest;
    await worker.cancel();
    if (place === 'gpu' || (place === 'automatic' && !mayMakeCode())) await look();
    const before = asked;
    let done = (): void => undefined;
    asked = new Promise((resolve) => {
      done = resolve;
    });
    try {
      await before;
      if (ticket === latest) await work(ticket);
    } catch (error) {
      if (ticket === latest) fail({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    } finally {
      done();
      if (ticket === latest) activity.value = { kind: 'idle' };
      void look();
    }
  };

  let frameState: EdgesState | undefined;
  let opening = Promise.resolve();

  /** A file that is being opened is not given up because a setting changes: that is looked at when it is open. */
  const update = async (state: EdgesState): Promise<void> => {
    frameState = state;
    if (state.picture === 'camera' && camera !== undefined) return;
    // What a camera would not do is of no interest to who goes on without it.
    cameraProblem.value = undefined;
    // One that the browser still asks the reader for is left alone.
    if (state.picture !== 'camera' && camera !== undefined) stopCamera();
    await opening;
    if (frameState !== state) return;
    const matrix = matrices[state.picture];
    await inTurn(state.place, (ticket) => (matrix === undefined ? findInPicture(state, ticket) : findNumbers(matrix, state, ticket)));
  };

  const openFile = async (file: Blob, name: string, state: Signal<EdgesState>): Promise<void> => {
    const mine = inTurn(state.value.place, async (ticket) => {
      const answer = await open({ kind: 'file', file, name }, 'own', state.value, ticket);
      if (ticket !== latest) return;
      if (answer.kind === 'failed') fail(answer.problem);
      if (answer.kind !== 'opened') return;
      own = { file, name };
      ownName.value = name;
    });
    opening = mine;
    await mine;
    if (own?.file !== file) return;
    // Of another picture the view tells, and asks for it; of one more of the reader's own it does not.
    const next: EdgesState = { ...state.value, picture: 'own' };
    frameState = next;
    if (state.value.picture === 'own') await update(next);
    else state.value = next;
  };

  const stopCamera = (): void => {
    wish = {};
    camera?.stop();
    camera = undefined;
    framesPerSecond.value = undefined;
  };

  const begin = async (state: Signal<EdgesState>): Promise<void> => {
    stopCamera();
    const mine = wish;
    cameraProblem.value = undefined;
    let times: number[] = [];
    const take = async (frame: ImageBitmap): Promise<void> => {
      const now = frameState ?? state.value;
      const found = await worker.frame(transfer(frame, [frame]), requestOf(now));
      if (found.kind === 'failed') fail(found.problem);
      if (found.kind !== 'found') return;
      // The worker has it open: settings still change what is found in it when the camera stands still.
      opened = { picture: 'camera', width: found.width, height: found.height };
      show({ kind: 'picture', width: found.width, height: found.height, state: now, facts: found.facts });
      if (camera === undefined) return;
      const time = performance.now();
      times = [...times.filter((each) => time - each < 1000), time];
      framesPerSecond.value = times.length;
    };
    const started = await startCamera(take, stopCamera, () => wish === mine);
    if (started === undefined) return;
    if (typeof started === 'string') {
      cameraProblem.value = started;
      return;
    }
    camera = started;
    framesPerSecond.value = 0;
    state.value = { ...state.value, picture: 'camera' };
  };

  const cancel = async (): Promise<void> => {
    latest++;
    activity.value = { kind: 'cancelled' };
    await worker.cancel();
  };

  return { surfaces, shown, problem, cameraProblem, activity, graphics, ownName, framesPerSecond, update, openFile, startCamera: begin, stopCamera, cancel };
}
