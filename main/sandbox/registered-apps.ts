import type { AppRegistration } from './app-registration.ts';

export interface RegisteredApp {
  /** Which service it registered itself with. */
  service: string;
  app: AppRegistration;
}

/** The clients that registered themselves (RFC 7591), and those that a person registered in the console. `onChange` is called before the client learns of it. */
export class RegisteredApps {
  readonly #apps: RegisteredApp[];
  readonly #onChange: () => void;

  constructor(onChange: () => void, restored: readonly RegisteredApp[]) {
    this.#apps = [...restored];
    this.#onChange = onChange;
  }

  at(service: string): AppRegistration[] {
    return this.#apps.filter((entry) => entry.service === service).map(({ app }) => app);
  }

  add(service: string, app: AppRegistration): void {
    this.#apps.push({ service, app });
    this.#onChange();
  }

  /** Instead of the one with the same client ID. */
  replace(service: string, app: AppRegistration): void {
    const entry = this.#apps.find(
      (known) => known.service === service && known.app.clientId === app.clientId,
    );
    if (!entry) return;
    entry.app = app;
    this.#onChange();
  }

  list(): readonly RegisteredApp[] {
    return this.#apps;
  }
}
