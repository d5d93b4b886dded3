import type { Project } from 'ts-morph';
import { importsOf } from './imports.ts';
import { type Breach, breachOf, directionBreach, directionOf } from './laws.ts';
import { declarationLine, type Files, readWorkspaces, type Workspace } from './workspace.ts';

/** A broken law and the line that breaks it. */
export type Violation = Breach & { readonly file: string; readonly line: number; readonly names: string };

export type Checked = { readonly violations: readonly Violation[]; readonly files: number; readonly packages: number };

/**
 * Compares every import of every package with what the package declares and with the
 * directions that the architecture allows. Files are parsed, never resolved, so the check
 * needs no build and no installed package.
 *
 * @param project  a ts-morph project without sources; its file system is read
 * @param root  the repository's folder
 */
export function checkArrows(project: Project, root: string): Checked {
  const system = project.getFileSystem();
  const files: Files = {
    readFileSync: (path) => system.readFileSync(path),
    globSync: (patterns) => system.globSync(patterns),
  };
  const workspaces = readWorkspaces(files, root);
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  const sources = workspaces.map((workspace) => ({
    workspace,
    files: project.addSourceFilesAtPaths(`${root}/${workspace.folder}/src/**/*.{ts,tsx,mts,cts}`),
  }));
  const imported = sources.flatMap(({ workspace, files: own }) =>
    own.flatMap((source) => {
      const file = source.getFilePath().slice(root.length + 1);
      return importsOf(source).flatMap(({ specifier, line }) => {
        const breach = breachOf({ workspace, workspaces: byName, file, specifier });
        return breach === undefined ? [] : [{ ...breach, file, line, names: `imports '${specifier}'` }];
      });
    }),
  );
  return {
    violations: [...imported, ...workspaces.flatMap((workspace) => declaredViolations(workspace, byName))],
    files: sources.reduce((total, each) => total + each.files.length, 0),
    packages: workspaces.length,
  };
}

/** An arrow that is declared is drawn, used or not; and a package reached from itself can be built by no order. */
function declaredViolations(workspace: Workspace, byName: ReadonlyMap<string, Workspace>): readonly Violation[] {
  const place = (dependency: string) => ({
    file: `${workspace.folder}/package.json`,
    line: declarationLine(workspace, dependency),
    names: `declares '${dependency}'`,
  });
  const against = [...workspace.production].flatMap((dependency): Violation[] => {
    const target = byName.get(dependency);
    const breach = target === undefined ? outsideBreach(workspace, dependency) : directionBreach(workspace, target);
    return breach === undefined ? [] : [{ ...breach, ...place(dependency) }];
  });
  const circles = [...workspace.production, ...workspace.development].flatMap((dependency): Violation[] => {
    const path = pathBetween(dependency, workspace.name, byName);
    if (path === undefined) return [];
    const why = `${[workspace.name, ...path].join(' -> ')} is a circle`;
    return [{ law: 'circle', why, mend: 'cut one of these arrows: move the test that needs it to the package that stands higher', ...place(dependency) }];
  });
  return [...against, ...circles];
}

function outsideBreach(workspace: Workspace, dependency: string): Breach | undefined {
  const direction = directionOf(workspace);
  if (direction === undefined || direction.external) return undefined;
  return { law: 'direction', why: direction.law, mend: `remove ${dependency} from its dependencies` };
}

/** The names on the way from one package to another along what is declared, tests' needs included. */
function pathBetween(
  from: string,
  to: string,
  byName: ReadonlyMap<string, Workspace>,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  if (from === to) return [to];
  const workspace = byName.get(from);
  if (workspace === undefined || seen.has(from)) return undefined;
  const beyond = new Set([...seen, from]);
  for (const next of [...workspace.production, ...workspace.development]) {
    const path = pathBetween(next, to, byName, beyond);
    if (path !== undefined) return [from, ...path];
  }
  return undefined;
}

export function printViolation({ file, line, names, law, why, mend }: Violation): string {
  return `${file}:${line} ${names}\n  ${law.padEnd(9)}  ${why}\n  mend       ${mend}`;
}
