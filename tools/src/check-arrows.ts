import { Project } from 'ts-morph';
import { checkArrows, printViolation } from './arrows/violations.ts';
import { repository } from './repository.ts';
import { deliver } from './verdict.ts';

const project = new Project({ skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
const { violations, files, packages } = checkArrows(project, repository);

deliver('check-arrows', violations.map(printViolation), `${files} files of ${packages} packages keep to their arrows`);
