import { kernels, type Kernel } from '@xcorr/image';
import { isKernelName, mostTaps, type EdgesState, type ViewName } from './state.ts';

/** True where the taps cancel: a flat picture gives no response, and responses have two signs. */
export function cancels(taps: Kernel): boolean {
  const all = taps.flat();
  const size = all.reduce((sum, tap) => sum + Math.abs(tap), 0);
  return Math.abs(all.reduce((sum, tap) => sum + tap, 0)) <= 1e-6 * size;
}

/** The view that suits other taps: what smooths or sharpens is shown as it is, what finds differences by them. */
function viewFor(taps: Kernel, view: ViewName): ViewName {
  if (!cancels(taps)) return 'as-is';
  return view === 'as-is' ? 'signed' : view;
}

export function chooseKernel(state: EdgesState, name: string): EdgesState {
  if (!isKernelName(name)) return { ...state, kernelName: 'edited' };
  const taps = kernels[name];
  return { ...state, kernelName: name, taps, view: viewFor(taps, state.view) };
}

/** Other taps keep the view, unless they start or cease to cancel. */
export function editTaps(state: EdgesState, taps: Kernel): EdgesState {
  const view = cancels(taps) === cancels(state.taps) ? state.view : viewFor(taps, state.view);
  return { ...state, kernelName: 'edited', taps, view };
}

export function setTap(state: EdgesState, row: number, column: number, value: number): EdgesState {
  return editTaps(
    state,
    state.taps.map((line, i) => (i === row ? line.map((tap, j) => (j === column ? value : tap)) : line)),
  );
}

/** Another number of rows and columns: what fits stays, the rest is 0. */
export function resizeTaps(state: EdgesState, rows: number, columns: number): EdgesState {
  const count = (asked: number): number => Math.min(mostTaps, Math.max(1, Math.round(asked)));
  const taps = Array.from({ length: count(rows) }, (_, i) => Array.from({ length: count(columns) }, (_, j) => state.taps[i]?.[j] ?? 0));
  return editTaps(state, taps);
}
