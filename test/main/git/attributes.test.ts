import { describe, expect, it } from 'vitest';
import { answerLines, readQuestion } from '../../../main/git/attributes.ts';

const question = {
  protocol: 'https:',
  host: 'git.example',
  path: null,
  username: null,
  secret: null,
  bearer: false,
};

describe('readQuestion', () => {
  it.each([
    ['protocol=https\nhost=git.example\n', question],
    ['protocol=https\r\nhost=git.example\r\n\r\n', question],
    // The usual port is none, and case is nothing.
    ['protocol=https\nhost=GIT.Example:443', question],
    ['protocol=http\nhost=127.0.0.1:8080', { ...question, protocol: 'http:', host: '127.0.0.1:8080' }],
    ['protocol=https\nhost=[::1]:8443', { ...question, host: '[::1]:8443' }],
    [
      'capability[]=authtype\ncapability[]=state\nprotocol=https\nhost=git.example\npath=a/b=c.git\nusername=ana\npassword=p=q',
      { ...question, path: 'a/b=c.git', username: 'ana', secret: 'p=q', bearer: true },
    ],
    ['protocol=https\nhost=git.example\nauthtype=Bearer\ncredential=t', { ...question, secret: 't' }],
    ['protocol=https\nhost=git.example\nwwwauth[]=Basic realm="x"\nnonsense\n=x\n', question],
    // Behind the blank line is nothing of git's.
    ['protocol=https\nhost=git.example\n\nusername=eve', question],
  ])('reads %j', (text, expected) => {
    expect(readQuestion(text)).toEqual(expected);
  });

  it.each([
    '',
    'protocol=https',
    'host=git.example',
    'protocol=ssh\nhost=git.example',
    'protocol=file\nhost=x',
    'protocol=https\nhost=',
    'protocol=https\nhost=eve@git.example',
    'protocol=https\nhost=git.example/x',
    'protocol=https\nhost=git.example?x',
    'protocol=https\nhost=git.example#x',
    String.raw`protocol=https` + '\nhost=git.example\\x',
    'protocol=https\nhost=git example',
    'protocol=https\nhost=git.example:port',
  ])('finds no host in %j', (text) => {
    expect(readQuestion(text)).toBeNull();
  });
});

describe('answerLines', () => {
  it('names the second in which the token ends', () => {
    expect(answerLines({ kind: 'basic', username: 'u', secret: 'p=q', expiresAt: 1_790_000_000_999 })).toBe(
      'username=u\npassword=p=q\npassword_expiry_utc=1790000000\n',
    );
  });
  it('is sent as Bearer, and kept by no other helper', () => {
    expect(answerLines({ kind: 'bearer', secret: 't', expiresAt: null })).toBe(
      'capability[]=authtype\nauthtype=Bearer\ncredential=t\nephemeral=1\n',
    );
  });
  it('tells git to stop', () => {
    expect(answerLines({ kind: 'quit' })).toBe('quit=1\n');
  });
  it.each(['a\nquit=1', 'a\r', 'a\0'])('never lets a value begin a line: %j', (secret) => {
    expect(() => answerLines({ kind: 'basic', username: 'u', secret, expiresAt: null })).toThrow(
      'line break',
    );
  });
});
