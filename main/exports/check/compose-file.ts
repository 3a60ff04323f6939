/** How people call the file that docker compose reads (https://docs.docker.com/compose/intro/compose-application-model/). */
export const COMPOSE_FILES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
];

/** `NAME: value`, `- NAME=value`, `- "NAME=value"`. */
const ENTRY = /^\s+(?:-\s+)?["']?([A-Za-z_]\w*)["']?\s*[:=]\s*(.*)$/;

/**
 * Pure: names that a compose file itself gives a value, with the line. For a container that wins over every `env_file`. A
 * value that is taken from the same name does not count.
 */
export function composeSets(text: string, names: readonly string[]): { name: string; line: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, name = '', value = ''] = ENTRY.exec(line) ?? [];
    if (!names.includes(name) || value.trim() === '') return [];
    const isPassedOn = new RegExp(String.raw`\$(?:\{${name}\b|${name}\b)`).test(value);
    return isPassedOn ? [] : [{ name, line: index + 1 }];
  });
}
