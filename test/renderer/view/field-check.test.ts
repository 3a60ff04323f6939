import { describe, expect, test } from 'vitest';
import { addressFault, emailFault, numberFault } from '../../../renderer/view/field-check.ts';

const ADDRESS = 'Enter an address, such as https://example.com.';
const EMAIL = 'Enter an e-mail address, such as ana@example.com.';
const NUMBER = 'Enter a whole number from 1 to 60.';

describe('what is wrong with a field', () => {
  test.each([
    ['https://jira.example/context', null],
    ['jira.example', null],
    ['http://127.0.0.1:8080', null],
    [' jira.example ', null],
    ['ftp://jira.example', ADDRESS],
    ['jira example', ADDRESS],
    ['https://', ADDRESS],
    ['https://[', ADDRESS],
  ])('address %j: %j', (text, fault) => {
    expect(addressFault(text)).toBe(fault);
  });

  test.each([
    ['ana@example.com', null],
    [' ana@localhost ', null],
    ['ana', EMAIL],
    ['ana@', EMAIL],
    ['@example.com', EMAIL],
    ['ana maria@example.com', EMAIL],
  ])('e-mail address %j: %j', (text, fault) => {
    expect(emailFault(text)).toBe(fault);
  });

  test.each([
    ['1', null],
    [' 60 ', null],
    ['0', NUMBER],
    ['61', NUMBER],
    ['-1', NUMBER],
    ['1.5', NUMBER],
    ['1e1', NUMBER],
    ['x', NUMBER],
    ['9'.repeat(400), NUMBER],
  ])('number %j: %j', (text, fault) => {
    expect(numberFault(1, 60)(text)).toBe(fault);
  });
});
