import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { writeAddress } from '../page/address.ts';
import type { Matrix } from '../page/matrix-text.ts';
import { codeOf } from './code.ts';
import { exactText } from './number-text.ts';
import type { LearnState } from './state.ts';
import type { LearnWords } from './words.ts';

/** The learned kernel to take away, and the code that learns it. */
export function HandOver({ state, kernel, words }: { readonly state: LearnState; readonly kernel: Matrix; readonly words: LearnWords }): VNode {
  const isFinite = kernel.length > 0 && kernel.flat().every(Number.isFinite);
  const matrix = kernel.map((row) => row.map(exactText).join(',')).join(';');
  const code = codeOf(state);
  return (
    <>
      <section class="learn-hand-over">
        <h3>{words.handOver}</h3>
        <div class="learn-scroll">
          <code class="learn-matrix">{matrix}</code>
        </div>
        <div class="learn-buttons">
          <CopyButton label={words.copyMatrix} text={matrix} disabled={!isFinite} words={words} />
          {isFinite && <a href={writeAddress('edges', { kernel: matrix })}>{words.openInEdges}</a>}
        </div>
      </section>
      <section class="learn-code">
        <h3>{words.code}</h3>
        <p class="learn-quiet">{words.codeHelp}</p>
        <pre class="learn-scroll" role="region" aria-label={words.code} tabIndex={0}>
          <code>{code}</code>
        </pre>
        <div class="learn-buttons">
          <CopyButton label={words.copyCode} text={code} disabled={false} words={words} />
        </div>
      </section>
    </>
  );
}

function CopyButton({ label, text, disabled, words }: { readonly label: string; readonly text: string; readonly disabled: boolean; readonly words: LearnWords }): VNode {
  const said = useSignal<{ readonly of: string; readonly isCopied: boolean } | undefined>(undefined);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = { of: text, isCopied: true };
    } catch {
      said.value = { of: text, isCopied: false };
    }
  };
  const message = said.value?.of === text ? (said.value.isCopied ? words.copied : words.notCopied) : '';
  return (
    <span class="learn-copy">
      <button type="button" disabled={disabled} onClick={() => void copy()}>
        {label}
      </button>
      <span class="learn-said" aria-live="polite">
        {message}
      </span>
    </span>
  );
}
