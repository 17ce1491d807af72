import { listOf, namedMapOf } from '../shapes/containers.js';
import { flag, uncheckedFlag } from '../shapes/flag-shapes.js';
import { uncheckedNumber, wholeNumber } from '../shapes/number-shapes.js';
import { anything, nullable, optional } from '../shapes/presence.js';
import { section } from '../shapes/section.js';
import type { Shape, ShapeOf } from '../shapes/shape.js';
import { text, textItem } from '../shapes/text-shapes.js';

const profileSriov = section({ vf_count: wholeNumber, trustedmode: uncheckedFlag, trustmode: flag }, 'strayKey');

/** The schema of a node does not know these, so nothing checked them. */
const nodeSriov = section(
  { vf_count: uncheckedNumber, trustedmode: uncheckedFlag, trustmode: uncheckedFlag },
  'strayKey',
);

type Sriov = ShapeOf<typeof profileSriov>;

/** Null is the documented marker that removes an inherited interface (reference 02 §3.8, §9). */
const interfacesWith = (sriov: Shape<Sriov>) =>
  namedMapOf(
    nullable(
      section(
        {
          device_link: text,
          slaves: listOf(textItem),
          networks: listOf(textItem),
          sriov: optional(sriov),
          labels: anything,
        },
        'strayKey',
      ),
    ),
  );

export const profileInterfaces = interfacesWith(profileSriov);

export const nodeInterfaces = interfacesWith(nodeSriov);
