/** What readers of a named pipe can and cannot do; shown where one is chosen. */
export const PIPE_LIMITS: readonly string[] = [
  'Nothing is on disk: each program that reads it gets the current token. POSIX shells, Node, dotenv and python-dotenv 1.2 can.',
  'fish, direnv’s dotenv, older python-dotenv, and programs that first test for an ordinary file or its size find nothing.',
  'While Tokentray is not running, it is not there.',
];
