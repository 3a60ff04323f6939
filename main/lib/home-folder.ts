import { homedir } from 'node:os';

/** The person's home; empty for a user without an entry and without `HOME`, as in containers. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}
