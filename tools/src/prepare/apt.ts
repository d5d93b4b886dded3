import { commandOf, type Machine } from './machine.ts';

/** Whether packages of Debian and its kin can be installed here without asking anybody. */
export function mayInstall(machine: Machine): boolean {
  return machine.isRoot && commandOf(['apt-get'], machine) !== undefined;
}

/** Installs packages of Debian. Another installation is waited for, ten minutes at most; nobody is asked anything. */
export function install(packages: readonly string[], { run }: Machine): boolean {
  const silent = { DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['update'], silent) && run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', ...packages], silent);
}
