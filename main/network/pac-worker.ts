import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import variant from '@jitl/quickjs-singlefile-cjs-release-sync';
import { newQuickJSWASMModuleFromVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import { PAC_FUNCTIONS } from './pac-functions.ts';

const { script, url, host: ownHost } = workerData as { script: string; url: string; host: string };

const MAX_MEMORY = 48 * 1024 * 1024;
/** One run without waiting for names. */
const LIMIT_MS = 500;
/** The most names that a script may have resolved. */
const MOST_NAMES = 10;
const PAGE = 65_536;

// The engine's own limit does not cover every allocation, so its memory is not let grow.
// oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function limited(this: WebAssembly.Memory, pages: number) {
  if (this.buffer.byteLength + pages * PAGE > MAX_MEMORY) throw new RangeError('too much memory');
  return grow.call(this, pages);
};

interface Run {
  text: string | null;
  reason: string | null;
  /** A name that has to be resolved first. */
  wanted: string | null;
}

/** Scripts expect names to be resolved while they wait. Here one that meets an unknown name is run again once it is known. */
function run(engine: QuickJSWASMModule, names: ReadonlyMap<string, string | null>): Run {
  const end = Date.now() + LIMIT_MS;
  const runtime = engine.newRuntime();
  runtime.setMemoryLimit(16 * 1024 * 1024);
  runtime.setMaxStackSize(256 * 1024);
  runtime.setInterruptHandler(() => Date.now() > end);
  const context = runtime.newContext();
  const asked: { first: string | null } = { first: null };
  const resolve = context.newFunction('dnsResolve', (name) => {
    const host = context.getString(name).toLowerCase();
    const known = names.get(host);
    if (known !== undefined) return known === null ? context.null : context.newString(known);
    asked.first ??= host;
    throw new Error('name not known yet');
  });
  resolve.consume((handle) => {
    context.setProp(context.global, 'dnsResolve', handle);
  });
  const myAddress = context.newFunction('myIpAddress', () => context.newString(ownAddress()));
  myAddress.consume((handle) => {
    context.setProp(context.global, 'myIpAddress', handle);
  });
  const source = `${PAC_FUNCTIONS}\n${script}\n;String((typeof FindProxyForURLEx === 'function' ? FindProxyForURLEx : FindProxyForURL)(${JSON.stringify(url)}, ${JSON.stringify(ownHost)}))`;
  const outcome = context.evalCode(source, 'proxy.pac');
  if (asked.first !== null) {
    // The memory of one run has to do for the next; after the last one, the worker ends.
    outcome.dispose();
    context.dispose();
    runtime.dispose();
    return { text: null, reason: null, wanted: asked.first };
  }
  if (outcome.error) {
    const fault: unknown = context.dump(outcome.error);
    const message =
      typeof fault === 'object' && fault !== null && 'message' in fault
        ? String(fault.message)
        : String(fault);
    return {
      text: null,
      reason: message === 'interrupted' ? 'takes too long' : `fails: ${message}`,
      wanted: null,
    };
  }
  return { text: context.getString(outcome.value), reason: null, wanted: null };
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}

async function main(): Promise<void> {
  const engine = await newQuickJSWASMModuleFromVariant(variant);
  const names = new Map<string, string | null>();
  for (;;) {
    const { text, reason, wanted } = run(engine, names);
    if (wanted === null) {
      parentPort?.postMessage(
        text === null ? { ok: false, reason } : { ok: true, text: text.slice(0, 10_000) },
      );
      return;
    }
    if (names.size >= MOST_NAMES) {
      parentPort?.postMessage({ ok: false, reason: 'resolves too many names' });
      return;
    }
    names.set(
      wanted,
      await lookup(wanted, { family: 4 }).then(
        ({ address }) => address,
        () => null,
      ),
    );
  }
}

void main();
