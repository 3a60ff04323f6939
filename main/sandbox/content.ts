/** The content of every site in the sandbox: enough for a tool to show something. */
export interface SandboxIssue {
  id: string;
  key: string;
  /** The key that it had in the project that it was moved from; the service still finds it by that one. */
  oldKey: string | null;
  project: SandboxProject;
  summary: string;
  type: string;
  status: string;
  /** As it was sent; of issues that were created. */
  description?: unknown;
}

export interface SandboxProject {
  id: string;
  key: string;
  name: string;
}

const PROJECTS: readonly SandboxProject[] = [
  { id: '10000', key: 'TRAY', name: 'Tray' },
  { id: '10001', key: 'OPS', name: 'Operations' },
];

const ISSUES: readonly [project: number, type: string, status: string, summary: string][] = [
  [0, 'Story', 'In Progress', 'Show when the next refresh is due'],
  [0, 'Bug', 'To Do', 'Names with <angle brackets> & "quotes" are cut'],
  [0, 'Task', 'Done', 'Write the release notes – Deutsch, 日本語, עברית 🎉'],
  [1, 'Task', 'To Do', 'Rotate the on-call list'],
  [1, 'Bug', 'In Progress', 'The nightly export takes 40 minutes'],
];

/** Old keys of issues that were moved, by their present ones. */
const MOVED: Readonly<Record<string, string>> = { 'OPS-2': 'TRAY-9' };

const PAGES: readonly string[] = ['Start here', 'How we deploy', 'Étoile – 東京 notes 🌟'];

export const sandboxProjects = (): readonly SandboxProject[] => PROJECTS;

export const sandboxIssues = (): SandboxIssue[] => {
  const numbers = new Map<string, number>();
  return ISSUES.flatMap(([index, type, status, summary], position) => {
    const project = PROJECTS[index];
    if (!project) return [];
    const number = (numbers.get(project.key) ?? 0) + 1;
    numbers.set(project.key, number);
    const key = `${project.key}-${number}`;
    const oldKey = MOVED[key] ?? null;
    return [{ id: String(10_100 + position), key, oldKey, project, summary, type, status }];
  });
};

export const sandboxPages = (): { id: string; title: string }[] =>
  PAGES.map((title, index) => ({ id: String(65_601 + index), title }));
