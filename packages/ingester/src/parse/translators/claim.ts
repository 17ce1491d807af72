/** What a document begins its schema or version with to say that it is for Drydock. */
export const claim = 'drydock/';
