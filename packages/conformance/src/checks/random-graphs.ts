import type { SetName } from '../case.ts';
import { differential, printReport, type Report } from '../differential.ts';
import type { Check, Subject } from '../suite/check.ts';

export const randomNames = ['random graphs: exact', 'random graphs: real', 'random graphs: none is refused'] as const;
export type RandomName = (typeof randomNames)[number];

/** The part of elements that may be left unjudged: bytes on the edge between two, and jumps nearer than the error. */
const unjudgedPart: Readonly<Record<SetName, number>> = { exact: 0.001, real: 0.01 };

/** In so many graphs, everything that graphs are made of occurs at least so often. */
const leastOccurrences = 11;

/** As many as it takes to tell what graphs are made of. */
const enough = 450;

/** What is wrong with the graphs themselves, when there are enough of them to tell. */
function weaknesses({ set, graphs, judged, unjudged, coverage }: Report): readonly string[] {
  if (graphs < enough) return [];
  const { primitives, laws, features } = coverage;
  const rare = [...primitives, ...laws, ...features].filter(([, count]) => count < leastOccurrences).map(([name, count]) => `only ${count} graphs have ${name}`);
  return unjudged / judged < unjudgedPart[set] ? rare : [`${unjudged} of ${judged + unjudged} elements could not be judged`, ...rare];
}

/** What the graphs could not show. */
function leftOut({ graphs, dtypes }: Report, refused: number): readonly string[] {
  return [
    ...(refused > 0 ? [`${refused} of ${graphs} graphs, which were refused`] : []),
    ...(graphs < enough ? [`whether everything that graphs are made of occurs: that takes ${enough} graphs, and ${graphs} were drawn`] : []),
    ...(dtypes.length === 1 ? [`graphs of two dtypes: the backend has ${dtypes.join()} alone`] : []),
  ];
}

const reports = new WeakMap<Subject['backend'], Map<string, Promise<Report>>>();

/** The graphs of a set run once for a backend, whichever checks ask. */
function reportOf({ backend, dtypes, errorConstant, extent }: Subject, set: SetName): Promise<Report> {
  const known = reports.get(backend) ?? new Map<string, Promise<Report>>();
  reports.set(backend, known);
  const key = JSON.stringify([set, dtypes, errorConstant, extent]);
  const judging = errorConstant === 16 ? {} : { errorConstant };
  const report = known.get(key) ?? differential(backend, { set, dtypes, ...extent, ...judging });
  known.set(key, report);
  return report;
}

const setCheck = (set: SetName, promise: string): Check => ({
  promise,
  runs: 'once',
  run: async (subject) => {
    const report = await reportOf(subject, set);
    const text = printReport(report);
    if (report.failures.length > 0) return { problems: [text], crashes: report.failures.some(({ isCrash }) => isCrash) ? [text] : [], text };
    const refused = [...report.refusals.values()].reduce((total, count) => total + count, 0);
    if (refused === report.graphs) return { problems: [], notRun: 'every graph was refused', text };
    return { problems: weaknesses(report), leftOut: leftOut(report, refused), text };
  },
});

export const randomChecks: Readonly<Record<RandomName, Check>> = {
  'random graphs: exact': setCheck('exact', 'random graphs over small whole numbers and halves give what the interpreter gives'),
  'random graphs: real': setCheck('real', 'random graphs of all primitives over real numbers stay within their error bounds'),
  'random graphs: none is refused': {
    promise: 'no random graph is refused at compile time',
    runs: 'once',
    run: async (subject) => {
      const refusals = [...(await reportOf(subject, 'exact')).refusals, ...(await reportOf(subject, 'real')).refusals];
      return { problems: refusals.map(([reason, count]) => `refused ${count} times: ${reason}`) };
    },
  },
};
