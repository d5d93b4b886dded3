import './steal.css';
import { useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import type { TabProps } from '../page/tab.ts';
import { Photographs } from './photographs.tsx';
import { Result } from './result.tsx';
import { RunIt } from './run-it.tsx';
import { follow, lesson } from './session.ts';
import { Sought } from './sought.tsx';
import type { StealState } from './state.ts';
import { TakeIt } from './take-it.tsx';
import { stealWords } from './words.ts';

export function StealView({ state, language }: TabProps<StealState>): VNode {
  const words = stealWords[language];
  useSignalEffect(() => {
    void follow(state.value);
  });
  const found = lesson.value?.learned;
  return (
    <div class="steal">
      <p>{words.summary}</p>
      <Photographs state={state} words={words} />
      <Sought state={state} words={words} />
      <Result words={words} />
      {found !== undefined && <RunIt kernel={found.kernel} bias={found.bias ?? 0} words={words} />}
      {found !== undefined && <TakeIt kernel={found.kernel} bias={found.bias ?? 0} words={words} />}
    </div>
  );
}
