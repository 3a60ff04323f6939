import { sandboxIssues, sandboxPages, type SandboxIssue, type SandboxProject } from '../content.ts';
import type { SandboxPerson } from '../people.ts';

const MOST_KEPT = 1000;

export interface WrittenComment {
  readonly id: string;
  /** The issue's. */
  readonly issue: string;
  /** As it was sent: a document in v3, text in v2. */
  readonly body: unknown;
  readonly author: SandboxPerson;
  /** Epoch ms. */
  readonly createdAt: number;
}

export interface SitePage {
  readonly id: string;
  readonly title: string;
  /** Those that somebody wrote here. */
  readonly written?: {
    readonly body: { readonly representation: string; readonly value: string };
    readonly parentId: string | null;
    readonly author: SandboxPerson;
    /** Epoch ms. */
    readonly createdAt: number;
    readonly version: number;
  };
}

/** What a site holds: what is there from the beginning, and what was written since. Lost when the sandbox ends. */
export class SiteContent {
  readonly #issues: SandboxIssue[] = [];
  readonly #comments: WrittenComment[] = [];
  #pages: SitePage[] = [];
  #count = 0;

  /** Oldest first. */
  issues(): readonly SandboxIssue[] {
    return [...sandboxIssues(), ...this.#issues];
  }

  /** By ID or key, also the one of before it was moved. */
  issue(name: string): SandboxIssue | undefined {
    const wanted = name.toUpperCase();
    return this.issues().find(({ id, key, oldKey }) => [id, key, oldKey].includes(wanted));
  }

  addIssue(
    project: SandboxProject,
    fields: Pick<SandboxIssue, 'summary' | 'type' | 'description'>,
  ): SandboxIssue {
    const numbers = this.issues()
      .filter((issue) => issue.project.id === project.id)
      .map(({ key }) => Number(key.slice(project.key.length + 1)));
    const key = `${project.key}-${Math.max(0, ...numbers) + 1}`;
    const id = String(10_200 + this.#next());
    const issue = { ...{ id, key, oldKey: null, project, status: 'To Do' }, ...fields };
    keep(this.#issues, issue);
    return issue;
  }

  comments(issue: string): readonly WrittenComment[] {
    return this.#comments.filter((comment) => comment.issue === issue);
  }

  addComment(comment: Omit<WrittenComment, 'id'>): WrittenComment {
    const added = { ...comment, id: String(10_700 + this.#next()) };
    keep(this.#comments, added);
    return added;
  }

  pages(): readonly SitePage[] {
    return [...sandboxPages(), ...this.#pages];
  }

  addPage(page: Omit<SitePage, 'id'>): SitePage {
    const added = { ...page, id: String(66_000 + this.#next()) };
    keep(this.#pages, added);
    return added;
  }

  /** Nothing happens to a page that is there from the beginning. */
  changePage(page: SitePage): void {
    this.#pages = this.#pages.map((old) => (old.id === page.id ? page : old));
  }

  removePage(id: string): void {
    this.#pages = this.#pages.filter((page) => page.id !== id);
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }
}

/** What was written at each site, by cloud id. */
export class WrittenContent {
  readonly #sites = new Map<string, SiteContent>();

  of(cloudId: string): SiteContent {
    const known = this.#sites.get(cloudId);
    if (known) return known;
    const content = new SiteContent();
    this.#sites.set(cloudId, content);
    return content;
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MOST_KEPT) list.shift();
}
