import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** `build/setup.mjs`, which is for Node as it comes and so has no types. */
interface Setup {
  pinnedNode: (root: string, machine: { platform: string; arch: string; execPath: string }) => string;
  scriptEnvironment: (env: Record<string, string>) => Record<string, string>;
}
