/** What readers of a named pipe can and cannot do; shown where one is chosen. */
export const PIPE_LIMITS: readonly string[] = [
  'A program has to read it once, from start to end: shells’ source, Node, dotenv and python-dotenv from 1.2 on do.',
  'fish’s source, older python-dotenv and programs that first test for an ordinary file or its size find nothing in it.',
  'While Tokentray is not running, there is no file.',
];
