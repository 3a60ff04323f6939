import { Button } from '../../components/button.tsx';
import { HintText } from '../../components/hint-text.tsx';
import { StateShape } from '../../components/state-shape.tsx';
import { useApp } from '../../store/use-app.ts';
import { bannerWords } from '../../view/banner-words.ts';
import css from './banner.module.css';

/** A message about the whole app. The live region announces changes, not the banner. */
export function Banner() {
  const link = useApp((state) => state.link);
  const loadError = useApp((state) => state.loadError);
  const status = useApp((state) => state.status);
  const setLocked = useApp((state) => state.setLocked);
  const words = bannerWords({ link, loadError, status });
  if (words === null) return null;
  return (
    <section className={css['banner']} data-tone={words.tone} aria-label="App status">
      <strong>
        {words.tone !== 'quiet' && <StateShape shape="▲" />} {words.text}
      </strong>
      {words.hint !== null && (
        <span>
          <HintText>{words.hint}</HintText>
        </span>
      )}
      {words.unlocks && <Button onClick={() => void setLocked(false)}>Unlock</Button>}
    </section>
  );
}
