import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '../../lib/call';
import { Dialog } from '../../ui/Dialog';
import { say } from '../../ui/toast';
import { Field, Said } from '../door/Page';
import { useProved } from '../door/Prove';

interface Props {
  title: string;
  word: string; // on the button
  act: (why: string) => Promise<string>; // does it, and says what happened
  ask?: (why: string) => Promise<unknown>; // asks a second person, where the server wants one
  ready?: boolean; // whether what the children ask for is there
  onClose: () => void;
  children: ReactNode; // what it would touch, before it is done
}

/** What an act would touch, the reason for it, and the act: nothing happens without all three. */
export const ReasonDialog = ({ title, word, act, ask, ready = true, onClose, children }: Props) => {
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  const { run, dialog, error } = useProved<string>((said) => {
    say(said);
    void client.invalidateQueries();
    onClose();
  });
  const wants = error instanceof ApiError && error.kind === 'second-person';
  const second = () =>
    run.mutate(async () => {
      await ask?.(why);
      return 'Asked. A supervisor agrees or refuses within 24 hours; then do the same once more.';
    });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    run.mutate(() => act(why));
  };
  return (
    <>
      <Dialog title={title} onClose={onClose}>
        {children}
        <form onSubmit={submit}>
          <Field label="Why" value={why} set={setWhy} most={1000} hint="It is kept with who did it." />
          <Said error={error} />
          <p className="row">
            <button type="submit" className="button main" disabled={run.isPending || !ready}>
              {word}
            </button>
            {wants && ask && (
              <button type="button" className="button" disabled={run.isPending} onClick={second}>
                Ask a second person
              </button>
            )}
          </p>
        </form>
      </Dialog>
      {dialog}
    </>
  );
};
