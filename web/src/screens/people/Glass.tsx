import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type GlassRow, listBrokenGlass, reviewGlass } from '../../lib/api.gen';
import { Field, Said } from '../door/Page';

const Glass = ({ row }: { row: GlassRow }) => {
  const client = useQueryClient();
  const [found, setFound] = useState('');
  const review = useMutation({
    mutationFn: () => reviewGlass(row.id, { found }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['glass'] }),
  });
  const submit = (e: FormEvent) => {
    e.preventDefault();
    review.mutate();
  };
  return (
    <li>
      <p>
        <b>{row.account}</b>, {row.at.slice(0, 16).replace('T', ' ')} UTC: {row.why}
      </p>
      <form onSubmit={submit} className="field-row">
        <Field label="What you found" value={found} set={setFound} most={1000} />
        <button type="submit" className="button">
          Keep the review
        </button>
      </form>
      <Said error={review.error} />
    </li>
  );
};

/** Broken glass that awaits its review, for those who may see it. */
export const Broken = () => {
  const broken = useQuery({
    queryKey: ['glass'],
    queryFn: ({ signal }) => listBrokenGlass(signal),
    retry: false,
  });
  if (!broken.data) return null;
  return (
    <section>
      <h2 className="big">Emergency access to review</h2>
      {broken.data.broken.length ? (
        <ul>
          {broken.data.broken.map((row) => (
            <Glass key={row.id} row={row} />
          ))}
        </ul>
      ) : (
        <p className="meta">
          None. Who read a case of others in an emergency is reviewed within 72 hours, or the account is
          locked.
        </p>
      )}
    </section>
  );
};
