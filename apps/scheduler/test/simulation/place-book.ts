import type * as modelDb from '@drydock/model/db';

export type Place = modelDb.NewPlace & { readonly taskId: string };

/** The table of places, found by who has them and by group. */
export class PlaceBook {
  private readonly byOwner = new Map<string, Set<Place>>();
  private readonly byGroup = new Map<string, Set<Place>>();

  add(place: Place): void {
    setOf(this.byOwner, ownerOf(place)).add(place);
    setOf(this.byGroup, place.groupKey).add(place);
  }

  remove(place: Place): void {
    dropFrom(this.byOwner, ownerOf(place), place);
    dropFrom(this.byGroup, place.groupKey, place);
  }

  ofStep(stepId: string): readonly Place[] {
    return [...(this.byOwner.get(stepId) ?? [])];
  }

  ofNode(taskId: string, nodeName: string): readonly Place[] {
    return [...(this.byOwner.get(ownerOfNode(taskId, nodeName)) ?? [])];
  }

  ofGroup(key: string): readonly Place[] {
    return [...(this.byGroup.get(key) ?? [])];
  }

  ofTask(taskId: string): readonly Place[] {
    return [...this.byOwner.values()].flatMap((places) => [...places].filter((place) => place.taskId === taskId));
  }

  groupKeys(): readonly string[] {
    return [...this.byGroup.keys()];
  }
}

function ownerOf({ stepId, taskId, nodeName }: Place): string {
  return stepId ?? ownerOfNode(taskId, nodeName ?? '');
}

function ownerOfNode(taskId: string, nodeName: string): string {
  return `${taskId} ${nodeName}`;
}

function setOf(sets: Map<string, Set<Place>>, key: string): Set<Place> {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known);
  return known;
}

function dropFrom(sets: Map<string, Set<Place>>, key: string, place: Place): void {
  const known = sets.get(key);
  known?.delete(place);
  if (known?.size === 0) sets.delete(key);
}
