import type { VNode } from 'preact';

type Props = { readonly label: string; readonly multiple?: boolean; readonly onFiles: (files: readonly File[]) => void };

/** A field for files that looks like a button: what was chosen is said elsewhere, and the same file may be chosen again. */
export function ChooseFiles({ label, multiple = false, onFiles }: Props): VNode {
  return (
    <label class="steal-choose">
      {label}
      <input
        type="file"
        accept="image/*"
        multiple={multiple}
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
          onFiles(files);
        }}
      />
    </label>
  );
}
