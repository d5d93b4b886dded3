import type { VNode } from 'preact';
import { Choice } from './choice.tsx';
import { limits } from './limits.ts';
import type { PartProps } from './parts.ts';
import { pictureNames, type PictureName } from './state.ts';

/** Where the picture comes from. */
export function PictureSource({ state, session, words: { picture: words, cameraProblems } }: PartProps): VNode {
  const { picture } = state.value;
  const ownName = session.ownName.value;
  const camera = session.framesPerSecond.value;
  const problem = session.cameraProblem.value;
  const offered = pictureNames.filter((name) => (name !== 'own' || ownName !== undefined) && (name !== 'camera' || picture === 'camera'));
  const names: Readonly<Record<PictureName, string>> = { ...words.names, own: ownName ?? words.names.own };
  return (
    <fieldset class="edges-source">
      <legend>{words.legend}</legend>
      <Choice label={words.choice} names={offered} words={names} value={picture} choose={(name) => (state.value = { ...state.value, picture: name })} />
      <label class="edges-field">
        {words.file}
        <input
          type="file"
          accept="image/*"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // The same file can be chosen again.
            event.currentTarget.value = '';
            if (file !== undefined) void session.openFile(file, file.name, state);
          }}
        />
      </label>
      <p class="edges-quiet">{words.hint(Math.sqrt(limits.pixels), limits.bytes / 2 ** 20)}</p>
      <div class="edges-row">
        {camera === undefined ? (
          <button type="button" onClick={() => void session.startCamera(state)}>
            {words.startCamera}
          </button>
        ) : (
          <button type="button" onClick={session.stopCamera}>
            {words.stopCamera}
          </button>
        )}
        {camera !== undefined && <span class="edges-quiet">{words.frames(camera)}</span>}
      </div>
      <p class="edges-problem" role="status">
        {problem === undefined ? '' : cameraProblems[problem]}
      </p>
    </fieldset>
  );
}
