import { ok } from '../../lib/result.ts';
import { IDENTIFIERS, refused, renderLines, type Quote, type VariablesDialect } from './dialect.ts';
import { unheldByProcesses } from './unheld.ts';

/**
 * `'…'` is literal, `'` is doubled (about_Quoting_Rules). Everything but printable ASCII is added as `[char]N`: Windows
 * PowerShell 5.1 reads a script without byte order mark in the code page of the machine, and every PowerShell takes
 * typographic quotes for quotes.
 */
export const quotePowershell: Quote = (value) => {
  // Windows has no empty variables: setting one to nothing removes it.
  if (value === '') return refused('nothing', 'json');
  const reason = unheldByProcesses(value);
  if (reason !== null) return refused(reason, 'json');
  const parts = value.match(/[ -~]+|[^ -~]/g) ?? [];
  const terms = parts.map((part) =>
    /^[ -~]/.test(part) ? `'${part.replaceAll("'", "''")}'` : `[char]${String(part.charCodeAt(0))}`,
  );
  // The first term decides what `+` does: text goes first.
  if (terms[0]?.startsWith('[') === true) terms.unshift("''");
  return ok(terms.join(' + '));
};

const SETS = /^[ \t]*\$env:([A-Za-z_]\w*)[ \t]*=/i;

/**
 * `$env:KEY = 'value'`, for `. file.ps1` or `tokentray env --format powershell | Out-String | Invoke-Expression`. No
 * PowerShell was at hand.
 */
export const powershell: VariablesDialect = {
  format: 'powershell',
  of: 'variables',
  lineEnding: 'as-file',
  placement: {
    kind: 'block',
    comment: '#',
    sets: (line) => SETS.exec(line)?.[1] ?? null,
    ignoresCase: true,
    continues: (before) => /`\r?\n?$/.test(before),
  },
  render: (variables) =>
    renderLines(
      'powershell',
      variables,
      quotePowershell,
      (name, quoted) => `$env:${name} = ${quoted}`,
      IDENTIFIERS,
    ),
};
