import { EventEmitter } from 'node:events';
import type { WireRequest, WireResponse } from '../wire.ts';
import { app } from './app.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

const schemes: Electron.CustomScheme[] = [];

export const registeredSchemes = (): readonly Electron.CustomScheme[] => schemes;

type ProtocolShape = Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>;

/** Serves a session's own schemes for real; their pages ask here. */
class StandInProtocol implements ProtocolShape {
  readonly #handlers = new Map<string, SchemeHandler>();

  registerSchemesAsPrivileged = (custom: Electron.CustomScheme[]): void => {
    if (app.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    schemes.push(...custom);
  };

  handle = (scheme: string, handler: Parameters<Electron.Protocol['handle']>[1]): void => {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} has been registered`);
    this.#handlers.set(scheme, handler);
  };

  unhandle = (scheme: string): void => void this.#handlers.delete(scheme);
  isProtocolHandled = (scheme: string): boolean => this.#handlers.has(scheme);

  async serve({ url, method, headers, body }: WireRequest): Promise<WireResponse> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`nothing serves ${url}`);
    const plain = method === 'GET' || method === 'HEAD' || body === null;
    const response = await handler(
      new Request(url, { method, headers, ...(plain ? {} : { body: Buffer.from(body) }) }),
    );
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
}

type PermissionRequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type BeforeRequest = (
  details: { url: string; resourceType: string },
  answer: (response: Electron.CallbackResponse) => void,
) => void;

type SessionShape = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'clearStorageData'
  | 'setSpellCheckerEnabled'
>;

/** A session: its schemes, and what it lets pages do. */
export class StandInSession extends EventEmitter implements SessionShape {
  readonly protocol = new StandInProtocol();
  readonly webRequest = {
    onBeforeRequest: (first: unknown, second?: BeforeRequest | null): void => {
      this.#beforeRequest = second === undefined ? (first as BeforeRequest | null) : second;
    },
    onHeadersReceived: (): void => undefined,
    onBeforeSendHeaders: (): void => undefined,
  };
  #request: PermissionRequestHandler = null;
  #check: PermissionCheckHandler = null;
  #beforeRequest: BeforeRequest | null = null;

  setPermissionRequestHandler = (handler: PermissionRequestHandler): void => void (this.#request = handler);
  setPermissionCheckHandler = (handler: PermissionCheckHandler): void => void (this.#check = handler);
  setDevicePermissionHandler = (): void => undefined;
  setDisplayMediaRequestHandler = (): void => undefined;
  setSpellCheckerEnabled = (): void => undefined;
  setSpellCheckerDictionaryDownloadURL = (): void => undefined;
  clearStorageData = (): Promise<void> => Promise.resolve();
  clearCache = (): Promise<void> => Promise.resolve();

  /** Which permissions pages get: all of them where nothing was said, as in Electron. */
  async granted(names: readonly string[], contents: Electron.WebContents, url: string): Promise<string[]> {
    const answers = await Promise.all(
      names.map(async (name) => {
        const details = { requestingUrl: url, isMainFrame: true };
        const checked = this.#check?.(contents, name as never, new URL(url).origin, details) ?? true;
        const asked = await new Promise<boolean>((resolve) => {
          if (this.#request) this.#request(contents, name as never, resolve, details);
          else resolve(true);
        });
        return checked || asked;
      }),
    );
    return names.filter((_, index) => answers[index]);
  }

  /** Whether `webRequest` lets a request go out. */
  mayRequest(url: string, resourceType: string): Promise<boolean> {
    return new Promise((resolve) => {
      if (!this.#beforeRequest) resolve(true);
      else
        this.#beforeRequest({ url, resourceType }, ({ cancel }) => {
          resolve(cancel !== true);
        });
    });
  }
}

const defaultSession = new StandInSession();
const partitions = new Map<string, StandInSession>();

export const session = {
  defaultSession,
  fromPartition: (name: string): StandInSession => {
    const known = partitions.get(name) ?? new StandInSession();
    partitions.set(name, known);
    return known;
  },
};

export const protocol = defaultSession.protocol;
