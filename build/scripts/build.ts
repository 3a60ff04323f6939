import { build } from '../bundle.ts';

await build();
console.error('✓ built into out/');
