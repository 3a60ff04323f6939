import type { GatewayDoor } from '../../../contract/gateway.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { doorWords } from '../../view/gateway-words.ts';
import css from './gateway.module.css';

function CopyAddress({ of, url }: { of: string; url: string }) {
  const copyText = useApp((state) => state.copyText);
  return (
    <Button
      look="quiet"
      aria-label={`Copy the address of ${of}`}
      onClick={() => void copyText(url, 'Address copied.')}
    >
      Copy
    </Button>
  );
}

function Door({ name, door, opens }: { name: string; door: GatewayDoor; opens: string }) {
  if (door.fault !== null) {
    return (
      <li className={css['fault']}>
        <ProblemNote problem={{ ...door.fault, message: `${name}: ${door.fault.message}` }} />
      </li>
    );
  }
  return (
    <li>
      <span className={door.url === null ? css['off'] : css['on']}>
        <StateShape shape={door.url === null ? '○' : '●'} />
      </span>
      <strong>{name}</strong>
      <span className={css['dim']}>{doorWords(door, opens)}</span>
      {door.url !== null && <CopyAddress of={name} url={door.url} />}
    </li>
  );
}

/** Where the gateway listens, or why it does not. */
export function Doors() {
  const { gateway, mcp, consumers } = useApp((state) => state.gateway);
  return (
    <ul className={css['doors']} aria-label="Addresses that listen">
      <Door name="Gateway" door={gateway} opens="Not listening: it starts with the first key." />
      {(mcp.url !== null || mcp.fault !== null || consumers.length > 0) && (
        <Door name="MCP sign-in" door={mcp} opens="Off. Clients can’t sign in by themselves." />
      )}
    </ul>
  );
}
