import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportId } from '../../../contract/ids.ts';
import { endsInBackslash, setByAssignment } from '../../../main/exports/dialects/placement.ts';
import {
  namesOutside,
  putBlock,
  removeBlock,
  withoutOrphanedBlocks,
  type Block,
} from '../../../main/exports/managed-block.ts';

const ID = ExportId.parse('abc123');
const START = '# >>> tokentray (abc123) >>>';
const END = '# <<< tokentray (abc123) <<<';
const block = (text: string, lineEnding: Block['lineEnding'] = 'as-file'): Block => ({
  id: ID,
  text,
  lineEnding,
  comment: '#',
});

const put = (file: string, text: string, lineEnding?: Block['lineEnding']): string => {
  const result = putBlock(Buffer.from(file, 'utf8'), block(text, lineEnding));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.toString('utf8');
};
const take = (file: string): string => {
  const result = removeBlock(Buffer.from(file, 'utf8'), ID, '#');
  if (!result.ok) throw new Error(result.error.message);
  return result.value.toString('utf8');
};

describe('putting a block', () => {
  it('makes a file of it', () => {
    expect(put('', 'A=1\n')).toBe(`${START}\nA=1\n${END}\n`);
  });

  it('appends to what is there', () => {
    expect(put('X=1\n\n', 'A=1\n')).toBe(`X=1\n\n${START}\nA=1\n${END}\n`);
  });

  it('takes the place of the one before, wherever the person moved it', () => {
    const file = `X=1\n${START}\nA=1\n${END}\nY=2`;
    expect(put(file, 'A=2\nB=3\n')).toBe(`X=1\n${START}\nA=2\nB=3\n${END}\nY=2`);
  });

  it('begins on a line of its own after a missing final newline', () => {
    const file = put('X=1', 'A=1\n');
    expect(file.startsWith(`X=1\n${START}\n`)).toBe(true);
    expect(file.endsWith(`${END}\n`)).toBe(true);
    expect(put(file, 'A=1\n')).toBe(file);
    expect(take(put(file, 'A=2\n'))).toBe('X=1');
  });

  it('uses CRLF in a file that does', () => {
    expect(put('X=1\r\n', 'A=1\nB=2\n')).toBe(`X=1\r\n${START}\r\nA=1\r\nB=2\r\n${END}\r\n`);
  });

  it('keeps LF for a shell, which would read a carriage return as part of the value', () => {
    expect(put('X=1\r\n', "export A='1'\n", 'lf')).toBe(`X=1\r\n${START}\nexport A='1'\n${END}\n`);
  });

  it('keeps a byte order mark first', () => {
    expect(put('\uFEFF', 'A=1\n')).toBe(`\uFEFF${START}\nA=1\n${END}\n`);
    expect(put(`\uFEFF${START}\nA=1\n${END}\n`, 'A=2\n')).toBe(`\uFEFF${START}\nA=2\n${END}\n`);
    expect(take(`\uFEFF${START}\nA=1\n${END}\n`)).toBe('\uFEFF');
  });

  it('keeps bytes that are no UTF-8', () => {
    const file = Buffer.from([0x23, 0xfc, 0x0a]);
    const result = putBlock(file, block('A=ü\n'));
    expect(result.ok && result.value.subarray(0, 3).equals(file)).toBe(true);
    expect(result.ok && result.value.includes(Buffer.from('A=ü\n', 'utf8'))).toBe(true);
  });

  it('leaves the block of another export alone', () => {
    const other = '# >>> tokentray (zzz999) >>>\nB=1\n# <<< tokentray (zzz999) <<<\n';
    expect(put(other, 'A=1\n')).toBe(`${other}${START}\nA=1\n${END}\n`);
    expect(take(put(other, 'A=1\n'))).toBe(other);
  });
});

describe('after a line that goes on', () => {
  const after = { continues: endsInBackslash };
  const putAfter = (file: string, text: string): string => {
    const result = putBlock(Buffer.from(file), { ...block(text), after });
    if (!result.ok) throw new Error(result.error.message);
    return result.value.toString('utf8');
  };
  const NOTE = '# (the empty line before these lines ends the one before it)';

  it('comes an empty line, which goes with the block', () => {
    const file = putAfter('X=1\\\n', 'A=1\n');
    expect(file).toBe(`X=1\\\n\n${START}\n${NOTE}\nA=1\n${END}\n`);
    expect(putAfter(file, 'A=1\n')).toBe(file);
    expect(take(file)).toBe('X=1\\\n');
    // Without a final newline, and in a file with CRLF.
    expect(take(putAfter('X=1\\', 'A=1\n'))).toBe('X=1\\');
    const crlf = putAfter('X=1\\\r\n', 'A=1\n');
    expect(crlf).toContain(`X=1\\\r\n\r\n${START}\r\n`);
    expect(take(crlf)).toBe('X=1\\\r\n');
  });

  it('comes none where the line ends after all, and it goes once the line is changed', () => {
    expect(putAfter('X=1\\\\\n', 'A=1\n')).not.toContain(NOTE);
    const changed = putAfter('X=1\\\n', 'A=1\n').replace('X=1\\', 'X=1');
    expect(putAfter(changed, 'A=1\n')).toBe(`X=1\n${START}\nA=1\n${END}\n`);
  });

  it('comes one too when the person adds the backslash later, and an empty line of theirs stays', () => {
    const file = put('X=1\n\n', 'A=1\n').replace('X=1\n\n', 'X=1\n\nY=2\\\n');
    expect(take(putAfter(file, 'A=2\n'))).toBe('X=1\n\nY=2\\\n');
  });
});

it('nothing is written where the text before would swallow it, and the line is named', () => {
  const obstacle = () => ({ line: 1, what: 'a quote is opened and never closed', hint: 'Close it.' });
  expect(putBlock(Buffer.from("X='1\n"), { ...block('A=1\n'), after: { obstacle } })).toEqual({
    ok: false,
    error: { code: 'conflict', message: 'Line 1: a quote is opened and never closed.', hint: 'Close it.' },
  });
});

it('marks lines as the reader writes comments', () => {
  const file = putBlock(Buffer.from('@echo off\r\n'), {
    ...block('@set "A=1"\n', 'crlf'),
    comment: '::',
  });
  if (!file.ok) throw new Error(file.error.message);
  expect(file.value.toString()).toBe(
    '@echo off\r\n:: >>> tokentray (abc123) >>>\r\n@set "A=1"\r\n:: <<< tokentray (abc123) <<<\r\n',
  );
  expect(removeBlock(file.value, ID, '::')).toEqual({ ok: true, value: Buffer.from('@echo off\r\n') });
  expect(removeBlock(file.value, ID, '#')).toEqual({ ok: true, value: file.value });
});

describe('broken markers', () => {
  it.each([
    ['no end', `X=1\n${START}\nA=1\n`, 'Line 2', 'no end marker'],
    ['an end glued to what somebody appended', `${START}\nA=1\n${END}B=2\n`, 'Line 1', 'no end marker'],
    ['no start', `A=1\n${END}\n`, 'Line 2', 'without a start marker'],
    ['two starts', `${START}\n${START}\n${END}\n`, 'Line 2', 'second time'],
    ['two ends', `${START}\n${END}\n${END}\n`, 'Line 3', 'a second time'],
    ['two blocks', `${START}\n${END}\n${START}\n${END}\n`, 'Line 3', 'second time'],
    ['the end first', `${END}\n${START}\n`, 'Line 1', 'without a start marker'],
    ['another block inside', `${START}\n# >>> tokentray (zzz999) >>>\n${END}\n`, 'Line 2', 'another export'],
  ])('stops at %s and names the line', (_, file, line, what) => {
    const bytes = Buffer.from(file);
    for (const result of [putBlock(bytes, block('A=2\n')), removeBlock(bytes, ID, '#')]) {
      if (result.ok) throw new Error('was accepted');
      expect(result.error.code).toBe('conflict');
      expect(result.error.message).toContain(line);
      expect(result.error.message).toContain(what);
    }
  });

  it('sees markers with CRLF and trailing spaces', () => {
    expect(take(`X=1\r\n${START}\r\nA=1\r\n${END} \r\nY=1\r\n`)).toBe('X=1\r\nY=1\r\n');
  });
});

describe('any file', () => {
  const piece = fc.constantFrom(
    'A=1',
    '# comment',
    '\n',
    '\r\n',
    '\r',
    ' ',
    'x',
    '\uFEFF',
    'é',
    '\\',
    "'",
    '# >>> ',
  );
  const file = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
  const text = fc.constantFrom('A=1\n', 'A=1\nB=2\n', "A='x # y'\n");
  const lineEnding = fc.constantFrom<Block['lineEnding']>('as-file', 'lf');

  it('is the same again once the block is taken out', () => {
    fc.assert(
      fc.property(file, text, text, lineEnding, (before, first, second, ending) => {
        expect(take(put(put(before, first, ending), second, ending))).toBe(before);
      }),
    );
  });

  it('does not change when the same block is put again', () => {
    fc.assert(
      fc.property(file, text, lineEnding, (before, content, ending) => {
        const once = put(before, content, ending);
        expect(put(once, content, ending)).toBe(once);
      }),
    );
  });

  it('keeps every byte before and after', () => {
    fc.assert(
      fc.property(file, file, text, (before, after, content) => {
        const head = before === '' || before.endsWith('\n') ? before : `${before}\n`;
        const result = put(`${head}${START}\nOLD=1\n${END}\n${after}`, content);
        expect(result.startsWith(head)).toBe(true);
        expect(result.endsWith(after)).toBe(true);
      }),
    );
  });
});

describe('names set outside the block', () => {
  const names = ['A', 'B'];
  const find = (file: string) =>
    namesOutside(Buffer.from(file), ID, names, { comment: '#', sets: setByAssignment });

  it.each([
    ['plain', 'X=1\nA=1\n', [{ name: 'A', line: 2 }]],
    ['exported and indented', '  export B=1', [{ name: 'B', line: 1 }]],
    [
      'with spaces and a colon',
      'A = 1\nB: 2\n',
      [
        { name: 'A', line: 1 },
        { name: 'B', line: 2 },
      ],
    ],
    ['behind a byte order mark', '\uFEFFA=1\n', [{ name: 'A', line: 1 }]],
    ['in a comment', '#A=1\n', []],
    ['as a part of another name', 'AA=1\nXA=1\n', []],
    ['inside the block', `${START}\nA=1\n${END}\n`, []],
    ['after the block', `${START}\nA=1\n${END}\nA=2\n`, [{ name: 'A', line: 4 }]],
    ['in the block of another export', '# >>> tokentray (zzz999) >>>\nA=1\n', [{ name: 'A', line: 2 }]],
  ])('are found: %s', (_, file, expected) => {
    expect(find(file)).toEqual(expected);
  });
});

it('names are the same in upper and lower case where the reader takes them so', () => {
  const rules = { comment: '#', sets: setByAssignment } as const;
  const find = (change: { ignoresCase?: true }) =>
    namesOutside(Buffer.from('a_key=1\n'), ID, ['A_KEY'], { ...rules, ...change });
  expect(find({})).toEqual([]);
  expect(find({ ignoresCase: true })).toEqual([{ name: 'a_key', line: 1 }]);
});

it('takes out the blocks of exports that are not known, and nothing else', () => {
  const theirs = Buffer.from('MINE=1\n');
  const block = (id: string): Block => ({
    id: id as Block['id'],
    text: 'A=1\n',
    lineEnding: 'lf',
    comment: '#',
  });
  const put = (file: Buffer, id: string): Buffer => {
    const done = putBlock(file, block(id));
    if (!done.ok) throw new Error(done.error.message);
    return done.value;
  };
  const both = put(put(theirs, 'gone'), 'known');
  expect(withoutOrphanedBlocks(both, '#', (id) => id === 'known').toString()).toBe(
    put(theirs, 'known').toString(),
  );
  expect(withoutOrphanedBlocks(both, '#', () => true)).toBe(both);
  // Half a block is left to the person.
  const half = Buffer.from('# >>> tokentray (gone) >>>\nA=1\n');
  expect(withoutOrphanedBlocks(half, '#', () => false)).toBe(half);
});
