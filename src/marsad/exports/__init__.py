"""Exports: what leaves a register, in the formats of the field. Incidents become leaving records, profiles hold back what must not
leave, and mapping tables say what each column of a format is made from."""
