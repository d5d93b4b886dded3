import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useErrorBoundary, useMemo } from 'preact/hooks';
import type { Tab, TabProps } from './tab.ts';
import { pageWords } from './words.ts';

type Loaded<State> = { readonly View: (props: TabProps<State>) => VNode } | { readonly reason: string } | undefined;

/** The view of a tab, loaded when it is first shown. What it throws is said in its place; the rest of the page goes on. */
export function LazyView<State>({ load, ...props }: Pick<Tab<State>, 'load'> & TabProps<State>): VNode {
  const loaded = useSignal<Loaded<State>>(undefined);
  const boundary: readonly [unknown, () => void] = useErrorBoundary();
  const [error, reset] = boundary;
  // Asked for while the page is being drawn, not after it.
  const loading = useMemo(load, [load]);
  useEffect(() => {
    let isShown = true;
    const take = (value: Loaded<State>): void => {
      if (isShown) loaded.value = value;
    };
    loading.then(
      (View) => take({ View }),
      (problem: unknown) => take({ reason: reasonOf(problem) }),
    );
    return () => {
      isShown = false;
    };
  }, [loading]);
  const words = pageWords[props.language];
  const here = loaded.value;
  const failure = error !== undefined ? reasonOf(error) : here !== undefined && 'reason' in here ? here.reason : undefined;
  if (failure !== undefined) {
    // A script that did not come is asked for again by loading the page anew: browsers remember that an import failed.
    const again = error === undefined ? () => location.reload() : reset;
    return (
      <div class="page-failure" role="alert">
        <p>{words.failed(failure)}</p>
        <button type="button" onClick={again}>
          {words.again}
        </button>
      </div>
    );
  }
  if (here === undefined || !('View' in here)) return <p aria-live="polite">{words.loading}</p>;
  return <here.View {...props} />;
}

function reasonOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
