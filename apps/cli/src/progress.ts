import { beforeLeaving as beforeThisProcessLeaves, type Interruption } from './interruption.ts';
import type { Streams } from './streams.ts';
import { visible } from './visible.ts';

/** How far a command has come with many pictures. */
export interface Progress {
  /** Says that so many are done and which is next; the whole bar, when all are. */
  readonly show: (done: number, next: string) => void;
  /** Takes the bar away, before other lines are printed and at the end. */
  readonly hide: () => void;
}

const silent: Progress = { show: () => undefined, hide: () => undefined };

const barWidth = 20;

/**
 * A bar in the last line of the terminal, on stderr. There is none where nobody watches (stderr is no terminal, or JSON
 * was asked for), where a terminal cannot redraw a line (TERM=dumb), and for one picture. NO_COLOR leaves it as it
 * is: it has no colour. A signal that ends the process takes it away too.
 */
export function progressOn(
  { stderr, env }: Streams,
  total: number,
  { json, beforeLeaving = beforeThisProcessLeaves }: { readonly json: boolean; readonly beforeLeaving?: Interruption['beforeLeaving'] },
): Progress {
  if (json || total < 2 || stderr.isTTY !== true || env['TERM'] === 'dumb') return silent;
  const takeAway = (): void => {
    stderr.write('\r\u001B[K');
  };
  let forgetSignals: (() => void) | undefined;
  return {
    show: (done, following) => {
      forgetSignals ??= beforeLeaving(takeAway);
      const next = visible(following);
      const filled = Math.floor((done / total) * barWidth);
      const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${done}/${total}  `;
      // A line that wraps could not be taken away again.
      const room = Math.max(0, (stderr.columns ?? 80) - bar.length - 1);
      stderr.write(`\r\u001B[K${bar}${next.length > room ? next.slice(next.length - room) : next}`);
    },
    hide: () => {
      forgetSignals?.();
      forgetSignals = undefined;
      takeAway();
    },
  };
}
