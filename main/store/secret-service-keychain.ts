import { systemClock } from '../lib/clock.ts';
import {
  distrustBus,
  possibleBuses,
  userBusSocket,
  type BusAddress,
  type Environment,
} from '../lib/session-bus-address.ts';
import { SessionBus } from '../lib/session-bus.ts';
import {
  KEYCHAIN_SERVICE,
  type KeychainAnswer,
  type KeychainPort,
  type KeychainRefusal,
  type KeychainSessions,
} from './keychain.ts';
import { keychainRefusal } from './keychain-refusal.ts';
import { PromptDismissed, SecretService } from './secret-service.ts';

const MAX_CALLERS = 4;
/** A working service answers within this time, unless it is waiting for the user. */
const PATIENCE_MS = 2000;

/** In ascending priority: a keychain that may have the item outweighs one that says it does not. */
const WEIGHTS: readonly KeychainAnswer['kind'][] = [
  'missing',
  'absent',
  'failed',
  'timed-out',
  'denied',
  'locked',
  'found',
];
/** The bus itself is down; one without a keychain answers. */
const NOT_CONNECTED = /^could not connect/i;

const weight = ({ kind }: KeychainAnswer): number => WEIGHTS.indexOf(kind);

type AttributesOf = (account: string) => Record<string, string>;

const ours: AttributesOf = (account) => ({ service: KEYCHAIN_SERVICE, account });
/** libsecret, and so what uses it, finds only items of the schema that it looks for. */
const SCHEMA = { 'xdg:schema': 'org.freedesktop.Secret.Generic' };

type Try = KeychainSessions['tried'][number] & { bus: BusAddress };

/**
 * The Secret Service over our own connection to the bus, a new one for each question: a keychain that was started
 * again, a bus that came later and one that a caller has are all found, and nothing that hangs keeps the process from
 * ending. libsecret keeps its first connection and session for the life of a process.
 */
export class SecretServiceKeychain implements KeychainPort {
  readonly #env: Environment;
  readonly #uid: number;
  readonly #userBus: () => string | null;
  readonly #attributesOf: AttributesOf;
  #callers: readonly string[] = [];
  #tried: Try[] = [];
  #open: { bus: SessionBus; sinceMs: number; prompting: boolean } | null = null;
  #closed = false;

  readonly sessions: KeychainSessions;

  constructor(
    env: Environment = process.env,
    uid: number = process.getuid?.() ?? 0,
    userBus: () => string | null = () => userBusSocket(uid),
    attributesOf: AttributesOf = ours,
  ) {
    this.#env = env;
    this.#uid = uid;
    this.#userBus = userBus;
    this.#attributesOf = attributesOf;
    const tried = (): readonly Try[] => this.#tried;
    this.sessions = {
      add: (address) => this.#add(address),
      get tried() {
        return tried();
      },
    };
  }

  async read(account: string): Promise<KeychainAnswer> {
    let best: KeychainAnswer = { kind: 'missing', reason: 'Could not connect: there is no D-Bus session' };
    let unreached: string | null = null;
    this.#tried = [];
    for (let bus = this.#next(); bus && !this.#closed; bus = this.#next()) {
      const answer = await this.#ask(bus, (service) => readFrom(service, this.#attributesOf(account)));
      if (answer.kind === 'missing' && NOT_CONNECTED.test(answer.reason)) unreached ??= answer.reason;
      if (weight(answer) >= weight(best)) best = answer;
      if (best.kind === 'found') break;
    }
    return best.kind === 'absent' && unreached !== null ? { ...best, unreached } : best;
  }

  async write(account: string, secret: string): Promise<{ kind: 'written' } | KeychainRefusal> {
    // Called only after `read`: on the bus where the item is, or else where the answer was that it is not.
    const bus =
      this.#tried.find(({ answer }) => answer === 'found')?.bus ??
      this.#tried.find(({ answer }) => answer === 'absent')?.bus;
    if (!bus) return { kind: 'missing', reason: 'Could not connect: there is no D-Bus session' };
    const label = `${KEYCHAIN_SERVICE}/${account}`;
    const item = { label, attributes: { ...SCHEMA, ...this.#attributesOf(account) }, text: secret };
    try {
      await this.#connected(bus, async (service) => {
        // It may be in another keyring than the one where new items go.
        const found = await service.search(this.#attributesOf(account));
        const [known = found.locked[0]] = found.unlocked;
        if (known === undefined) await service.store(item);
        else await service.setSecret(known, secret);
      });
      return { kind: 'written' };
    } catch (fault) {
      return keychainRefusal(fault);
    }
  }

  close(): void {
    this.#closed = true;
    this.#open?.bus.close();
  }

  #add(address: string): boolean {
    if (this.#callers.includes(address)) return false;
    const known = new Set(this.#buses().map(({ text }) => text));
    this.#callers = [address, ...this.#callers].slice(0, MAX_CALLERS);
    const news = this.#buses().some(({ text }) => !known.has(text));
    // A bus or a service that hangs must not keep us from the one that is new.
    const open = this.#open;
    if (news && open && !open.prompting && systemClock.monotonicMs() - open.sinceMs > PATIENCE_MS)
      open.bus.close();
    return news;
  }

  #buses(): BusAddress[] {
    return possibleBuses({ env: this.#env, callers: this.#callers, userBus: this.#userBus() });
  }

  /** The next bus that this question has not looked at. */
  #next(): BusAddress | undefined {
    return this.#buses().find(({ text }) => !this.#tried.some(({ address }) => address === text));
  }

  async #ask(
    bus: BusAddress,
    work: (service: SecretService) => Promise<KeychainAnswer>,
  ): Promise<KeychainAnswer> {
    const entry: Try = { address: bus.text, origin: bus.origin, answer: null, reason: '', bus };
    this.#tried.push(entry);
    const answer = await this.#connected(bus, work).catch(keychainRefusal);
    const reason = 'reason' in answer ? answer.reason : '';
    this.#tried = this.#tried.map((each) =>
      each === entry ? { ...entry, answer: answer.kind, reason } : each,
    );
    return answer;
  }

  async #connected<T>(address: BusAddress, work: (service: SecretService) => Promise<T>): Promise<T> {
    const { text, socket, guid } = address;
    if (socket === null) throw new Error(`Could not connect: the address ${text} is of an unknown kind`);
    const distrusted = distrustBus(address);
    if (distrusted !== null) throw new Error(`Could not connect: ${distrusted}`);
    const bus = new SessionBus(socket, this.#uid, socket.startsWith('\0') ? guid : null);
    const open = { bus, sinceMs: systemClock.monotonicMs(), prompting: false };
    this.#open = open;
    // Nobody is asked for anything so far: a bus that hangs must not keep us from the next.
    const limit = setTimeout(() => {
      if (this.#next()) bus.close(`Timeout was reached: nothing answers at ${text}`);
    }, PATIENCE_MS);
    limit.unref();
    try {
      await bus.hello();
      clearTimeout(limit);
      return await work(
        new SecretService(bus, (prompting) => {
          open.prompting = prompting;
          open.sinceMs = systemClock.monotonicMs();
        }),
      );
    } finally {
      clearTimeout(limit);
      bus.close();
      this.#open = null;
    }
  }
}

/** Searches first: a lookup answers a locked keyring in the same way as an item that is not there. */
async function readFrom(service: SecretService, attributes: Record<string, string>): Promise<KeychainAnswer> {
  const found = await service.search(attributes);
  const [unlocked] = found.unlocked;
  if (unlocked !== undefined) return { kind: 'found', secret: await service.secret(unlocked) };
  const [locked] = found.locked;
  if (locked === undefined) {
    const collection = await service.defaultCollection();
    return { kind: 'absent', locked: collection !== null && (await service.isLocked(collection)) };
  }
  try {
    await service.unlock(locked);
  } catch (fault) {
    if (!(fault instanceof PromptDismissed)) throw fault;
    return { kind: 'locked', reason: 'it was not unlocked' };
  }
  return { kind: 'found', secret: await service.secret(locked) };
}
