import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { EdgesWords } from './words.ts';

export function CopyableCode({ code, words }: { readonly code: string; readonly words: EdgesWords['code'] }): VNode {
  const outcome = useSignal<{ readonly code: string; readonly isCopied: boolean } | undefined>(undefined);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      outcome.value = { code, isCopied: true };
    } catch {
      outcome.value = { code, isCopied: false };
    }
  };
  const said = outcome.value?.code === code ? outcome.value : undefined;
  return (
    <section class="edges-code">
      <div class="edges-row">
        <h3>{words.heading}</h3>
        <button type="button" onClick={() => void copy()}>
          {words.copy}
        </button>
        <span role="status">{said === undefined ? '' : said.isCopied ? words.copied : words.notCopied}</span>
      </div>
      <pre class="edges-scroll" tabIndex={0} role="region" aria-label={words.heading}>
        <code>{code}</code>
      </pre>
    </section>
  );
}
