import { expect, it } from 'vitest';
import { Settings } from '../../../contract/settings.ts';
import { portFault } from '../../../renderer/view/port-fault.ts';

it.each([
  ['7980', null],
  [' 7980 ', null],
  ['1024', null],
  ['65535', null],
  ['1023', 'from 1024 to 65535'],
  ['65536', 'from 1024 to 65535'],
  ['', 'from 1024 to 65535'],
  ['-7980', 'from 1024 to 65535'],
  ['79.5', 'from 1024 to 65535'],
  ['0x1f40', 'from 1024 to 65535'],
  ['eighty', 'from 1024 to 65535'],
  ['7981', 'another one'],
])('takes %j for a port as the core does', (text, words) => {
  const fault = portFault(text, 7981);
  if (words === null) expect(fault).toBeNull();
  else expect(fault).toContain(words);
  if (words !== 'another one')
    expect(Settings.shape.gatewayPort.safeParse(text.trim() === '' ? Number.NaN : Number(text)).success).toBe(
      fault === null || text === '0x1f40',
    );
});
