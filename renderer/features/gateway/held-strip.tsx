import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { HeldRequest } from './held-request.tsx';
import css from './held.module.css';
import { useSecond } from './use-second.ts';
import { WithGateway } from './with-gateway.tsx';

/** More of them would cover the window; the section has them all. */
const SHOWN = 3;

function Held() {
  const now = useSecond();
  const held = useApp((state) => state.gateway.held);
  const decide = useApp((state) => state.decide);
  const inSection = useApp((state) => state.section === 'gateway');
  const show = useApp((state) => state.show);
  const shown = inSection ? held : held.slice(0, SHOWN);
  return (
    <section className={css['strip']} aria-labelledby="held-title">
      <div className={css['head']}>
        <h2 id="held-title">
          <StateShape shape="▲" />{' '}
          {held.length === 1
            ? 'A request waits for your decision'
            : `${held.length} requests wait for your decision`}
        </h2>
        {shown.length < held.length && (
          <Button
            look="quiet"
            onClick={() => {
              show('gateway');
            }}
          >
            Show all
          </Button>
        )}
        {held.length > 1 && (
          <Button look="quiet" onClick={() => void decide(held, 'deny')}>
            Deny all
          </Button>
        )}
      </div>
      <ul className={css['list']}>
        {shown.map((item) => {
          const { id, program } = item;
          return program === undefined ? (
            <HeldRequest key={id} held={item} now={now} />
          ) : (
            <WithGateway key={id} loading={null}>
              {({ ProgramRequest }) => <ProgramRequest held={item} program={program} now={now} />}
            </WithGateway>
          );
        })}
      </ul>
    </section>
  );
}

/** Requests that wait for the person, above whatever the window shows. The live region announces them, not the strip. */
export function HeldStrip() {
  const any = useApp((state) => state.gateway.held.length > 0);
  return any ? <Held /> : null;
}
