// Differences that are meant: each by a narrow condition, with its reason. Anything else is a defect.

/** Every text of a case: the template and its partials. */
const texts = ({ template, partials }) => [template, ...Object.values(partials)];

export const explained = [
];

export function explain(asked, control, ours) {
  return explained.find((one) => one.holds(asked, control, ours))?.name;
}
