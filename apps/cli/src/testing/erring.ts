import type { Backend } from '@xcorr/compiler';
import type { TypedArray } from '@xcorr/graph';

/** Changes what a device gave; `place` counts the arrays that it gave, over all programs and runs. */
export type Mistake = (values: TypedArray, place: number) => void;

/** A backend that computes as another one does, and then makes mistakes. */
export function erring(backend: Backend<'async'>, mistake: Mistake): Backend<'async'> {
  let place = 0;
  const pass = (values: TypedArray | undefined): void => {
    if (values !== undefined) mistake(values, place++);
  };
  return {
    ...backend,
    load: async (artifact) => {
      const program = await backend.load(artifact);
      return {
        ranOn: program.ranOn,
        run: async (request) => {
          await program.run(request);
          request.outputs.forEach(pass);
        },
        readStates: async () => {
          const states = await program.readStates();
          states.forEach(pass);
          return states;
        },
        writeStates: (states) => program.writeStates(states),
        dispose: () => program.dispose(),
      };
    },
  };
}
