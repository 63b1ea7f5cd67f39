// question: Which products, services and journeys are designed for personas of which none, or more than one, is primary?
// severity: warning
// requirements: A36, S0-20
// advice: Set isPrimary in designFocus of one persona.
// message: {title} is designed for {personas}, {primaries} of them primary where one is due.
// returns: kind string, id string, title string, personas list<string>, primaries integer
MATCH (persona:Persona)-[focus:DESIGN_FOCUS]->(target:Product|Service|Journey)
WITH target, focus, persona
ORDER BY persona.title, persona.id
WITH target, collect(persona.title) AS personas, sum(CASE WHEN focus.isPrimary = true THEN 1 ELSE 0 END) AS primaries
WHERE primaries <> 1
RETURN
  head([kind IN labels(target) WHERE NOT kind IN ['Element', 'MicroJourney']]) AS kind,
  target.id AS id,
  target.title AS title,
  personas AS personas,
  primaries AS primaries
ORDER BY kind, id
