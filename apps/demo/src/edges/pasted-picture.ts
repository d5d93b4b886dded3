/** The first file of what was dropped or pasted: one that is no picture is told so by whoever reads it. */
export function pictureOfTransfer(transfer: Pick<DataTransfer, 'files'> | null): File | undefined {
  return transfer?.files[0];
}
