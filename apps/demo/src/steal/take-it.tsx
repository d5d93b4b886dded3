import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Matrix } from '../page/matrix-text.ts';
import { edgesLink, kernelTextOf, typescriptOf } from './code.ts';
import type { StealWords } from './words.ts';

/** The filter as code, as text, and in the tab Edges. */
export function TakeIt({ kernel, bias, words }: { readonly kernel: Matrix; readonly bias: number; readonly words: StealWords }): VNode {
  return (
    <section aria-labelledby="steal-code">
      <h2 id="steal-code">{words.code}</h2>
      <p class="steal-quiet">{words.codeSummary}</p>
      <Copyable title={words.typescript} text={typescriptOf(kernel, bias)} words={words} />
      <Copyable title={words.kernelText} text={kernelTextOf(kernel)} words={words} />
      <p>
        <a class="steal-link" href={edgesLink(kernel)}>
          {words.inEdges}
        </a>{' '}
        {bias !== 0 && <span class="steal-quiet">{words.biasStays}</span>}
      </p>
    </section>
  );
}

function Copyable({ title, text, words }: { readonly title: string; readonly text: string; readonly words: StealWords }): VNode {
  const block = useRef<HTMLPreElement>(null);
  const said = useSignal('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = words.copied(title);
    } catch {
      if (block.current !== null) getSelection()?.selectAllChildren(block.current);
      said.value = words.notCopied(title);
    }
  };
  return (
    <div class="steal-copyable">
      <div class="steal-controls">
        <h3>{title}</h3>
        <button type="button" onClick={() => void copy()}>
          {words.copy(title)}
        </button>
        <output class="steal-quiet">{said.value}</output>
      </div>
      <pre ref={block} class="steal-scroll" role="region" aria-label={title} tabIndex={0}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
