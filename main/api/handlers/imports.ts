import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';

type ImportCalls = Extract<keyof Handlers, `import.${string}`>;

export const importHandlers = ({ imports }: Services): Pick<Handlers, ImportCalls> => ({
  'import.find': (request) => imports.find(request),
  'import.take': (request) => imports.take(request),
});
