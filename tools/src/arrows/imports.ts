import { Node, type SourceFile } from 'ts-morph';

/** One import as it is written: static, dynamic with a literal, re-export, or of a type. */
export type Import = { readonly specifier: string; readonly line: number };

/** Every import of a file, in the order of its text. A dynamic import of a computed name cannot be known and is left out. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  file.forEachDescendant((node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push({ specifier, line: node.getStartLineNumber() });
  });
  return found;
}

function specifierOf(node: Node): string | undefined {
  if (Node.isImportDeclaration(node) || Node.isExportDeclaration(node)) return node.getModuleSpecifierValue();
  if (Node.isCallExpression(node)) {
    return Node.isImportExpression(node.getExpression()) ? literal(node.getArguments()[0]) : undefined;
  }
  if (Node.isImportTypeNode(node)) {
    const argument = node.getArgument();
    return Node.isLiteralTypeNode(argument) ? literal(argument.getLiteral()) : undefined;
  }
  return undefined;
}

function literal(node: Node | undefined): string | undefined {
  return Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node) ? node.getLiteralText() : undefined;
}
