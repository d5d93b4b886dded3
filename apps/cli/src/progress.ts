import type { Streams } from './streams.ts';

/** How far a command has come with many pictures. */
export interface Progress {
  /** Says that so many are done and which is next. */
  readonly show: (done: number, next: string) => void;
  /** Takes the bar away, before other lines are printed and at the end. */
  readonly hide: () => void;
}

const silent: Progress = { show: () => undefined, hide: () => undefined };

const barWidth = 20;

/**
 * A bar in the last line of the terminal, on stderr. There is none where nobody watches (stderr is no terminal, or JSON
 * was asked for), where a terminal cannot redraw a line (TERM=dumb), and for one picture. NO_COLOR leaves it as it
 * is: it has no colour.
 */
export function progressOn({ stderr, env }: Streams, total: number, { json }: { readonly json: boolean }): Progress {
  if (json || total < 2 || stderr.isTTY !== true || env['TERM'] === 'dumb') return silent;
  return {
    show: (done, next) => {
      const filled = Math.floor((done / total) * barWidth);
      const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${done}/${total}  `;
      // A line that wraps could not be taken away again.
      const room = Math.max(0, (stderr.columns ?? 80) - bar.length - 1);
      stderr.write(`\r\u001B[K${bar}${next.length > room ? next.slice(next.length - room) : next}`);
    },
    hide: () => {
      stderr.write('\r\u001B[K');
    },
  };
}
