import './edges.css';
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { TabProps } from '../page/tab.ts';
import { codeOf } from './code.ts';
import { CopyableCode } from './copyable-code.tsx';
import { FindSettings } from './find-settings.tsx';
import { PictureSource } from './picture-source.tsx';
import { pictureOfTransfer } from './pasted-picture.ts';
import { ResultView } from './result-view.tsx';
import { requestOf } from './request.ts';
import { edgesSession } from './session.ts';
import type { EdgesState } from './state.ts';
import { edgesWords } from './words.ts';

export function EdgesView({ state, language }: TabProps<EdgesState>): VNode {
  const session = useMemo(edgesSession, []);
  const words = edgesWords[language];
  const isOver = useSignal(false);
  const now = state.value;

  // What only changes how much of the result is seen asks for nothing.
  const asked = JSON.stringify([now.picture, requestOf(now)]);
  useEffect(() => void session.update(state.peek()), [asked]);
  useEffect(() => session.stopCamera, []);

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const picture = pictureOfTransfer(event.clipboardData);
      if (picture !== undefined) void session.openFile(picture, picture.name, state);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    isOver.value = false;
    const picture = pictureOfTransfer(event.dataTransfer);
    if (picture !== undefined) void session.openFile(picture, picture.name, state);
  };

  return (
    <section
      class={isOver.value ? 'edges edges-over' : 'edges'}
      aria-labelledby="edges-title"
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget) isOver.value = false;
      }}
      onDrop={drop}
    >
      <div class="edges-intro">
        <h2 id="edges-title">{words.title}</h2>
        <p>{words.summary}</p>
      </div>
      <PictureSource state={state} session={session} words={words} />
      <ResultView state={state} session={session} words={words} />
      <FindSettings state={state} session={session} words={words} />
      <CopyableCode code={codeOf(now)} words={words.code} />
    </section>
  );
}
