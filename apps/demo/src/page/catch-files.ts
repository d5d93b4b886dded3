/** A file that is dropped beside what takes files: the browser would open it in the place of the page, and all work were lost. */
export function catchFiles(host: Window): void {
  const refuse = (event: DragEvent): void => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  host.addEventListener('dragover', refuse);
  host.addEventListener('drop', refuse);
}
